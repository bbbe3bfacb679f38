#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes tests/forms/own/board.pdf with LibreOffice, as a board's office would make a form.

    make_own_form.py OUT

Run it again only to change the form: the tests use the file it made.
"""
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue
from com.sun.star.text.TextContentAnchorType import AT_PAGE

PIPE = "stageclock_own_form"
CONTROLS = [  # model, name, height in 1/100 mm, properties
    ("TextField", "ChildName", 800, {}),
    ("TextField", "Summary", 4000, {"MultiLine": True}),
    ("CheckBox", "Copied", 700, {"Label": "Copied to the other agency"}),
    ("RadioButton", "Stage", 700, {"Label": "Stage 3", "RefValue": "3"}),
    ("RadioButton", "Stage", 700, {"Label": "Stage 4", "RefValue": "4"}),
    ("ListBox", "Effect", 800, {"StringItemList": ("well", "badly"), "Dropdown": True}),
    ("TextField", "OfficeUse", 800, {}),
]


def properties(**values):
    made = []
    for name, value in values.items():
        made.append(PropertyValue())
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


def connected():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except Exception:  # not there yet
            time.sleep(0.5)
    sys.exit("make_own_form: LibreOffice does not start")


def add_control(document, top, model, name, height, values):
    control = document.createInstance("com.sun.star.form.component." + model)
    control.Name = name
    for key, value in values.items():
        setattr(control, key, uno.Any("[]string", value) if isinstance(value, tuple) else value)
    shape = document.createInstance("com.sun.star.drawing.ControlShape")
    shape.Size, shape.Position = Size(9000, height), Point(2000, top)
    shape.AnchorType, shape.AnchorPageNo = AT_PAGE, 1
    shape.Control = control
    document.DrawPage.add(shape)


def make(out):
    context = connected()
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0,
                                            properties(Hidden=True))
    document.Text.String = "Example Safeguarding Board: record of an escalation"
    top = 4000
    for model, name, height, values in CONTROLS:
        add_control(document, top, model, name, height, values)
        top += height + 600
    filters = properties(ExportFormFields=True, UseTaggedPDF=True)
    document.storeToURL(out.resolve().as_uri(), properties(
        FilterName="writer_pdf_Export",
        FilterData=uno.Any("[]com.sun.star.beans.PropertyValue", filters)))
    document.close(True)
    desktop.terminate()


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make_own_form.py OUT")
    with tempfile.TemporaryDirectory() as home:
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation={pathlib.Path(home).as_uri()}", "--headless",
             "--norestore", f"--accept=pipe,name={PIPE};urp;"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        try:
            make(pathlib.Path(sys.argv[1]))
        finally:
            office.terminate()
            office.wait()


if __name__ == "__main__":
    main()
