#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Fills in the content controls of a Word form in LibreOffice, as somebody without Word does.

    tests/forms/fill_docx.py FORM.docx OUT.docx field=value...

A field is named by the id of its value. "yes" ticks a check box, "" empties it. LibreOffice runs
without a window, in a profile of its own that is removed afterwards. python3-uno belongs to
Debian's own python3, hence the first line.
"""
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

PATIENCE = 60  # seconds LibreOffice may take to start, and to end


def value(name, what):
    made = PropertyValue()
    made.Name = name
    made.Value = what
    return made


def started(profile):
    """The process and its desktop."""
    pipe = "stageclock-%d" % os.getpid()
    process = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "-env:UserInstallation=file://" + profile,
         "--accept=pipe,name=%s;urp" % pipe],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            there = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            manager = there.ServiceManager
            return process, manager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if time.monotonic() > end or process.poll() is not None:
                process.kill()
                raise SystemExit("LibreOffice did not start")
            time.sleep(0.1)


def portions(text):
    each = text.createEnumeration()
    while each.hasMoreElements():
        yield each.nextElement()


def controls(document):
    """Each content control with the name of its field, which is that of its bookmark."""
    for paragraph in portions(document.Text):
        if not paragraph.supportsService("com.sun.star.text.Paragraph"):
            continue
        for portion in portions(paragraph):
            if portion.TextPortionType != "ContentControl":
                continue
            control = portion.ContentControl
            for inner in portions(control):
                if inner.TextPortionType == "Bookmark":
                    name = inner.Bookmark.Name
                    if name.startswith("field_"):
                        yield name[len("field_"):].replace("D", "."), control
                        break


def fill(control, text):
    if control.Checkbox:
        control.Checked = text == "yes"
        text = control.CheckedState if text == "yes" else control.UncheckedState
    control.ShowingPlaceHolder = False
    old = "".join(inner.String for inner in portions(control) if inner.TextPortionType == "Text")
    cursor = control.createTextCursor()
    cursor.gotoStart(False)
    # The end of a control is not where its text ends. LibreOffice counts in UTF-16.
    cursor.goRight(len(old.encode("utf-16-le")) // 2, True)
    if cursor.String != old:
        raise SystemExit("the control does not hold what it showed")
    cursor.String = text


def main(form, out, assignments):
    wanted = dict(each.split("=", 1) for each in assignments)
    with tempfile.TemporaryDirectory(prefix="stageclock-office-") as profile:
        process, desktop = started(profile)
        try:
            document = desktop.loadComponentFromURL(
                uno.systemPathToFileUrl(os.path.abspath(form)), "_blank", 0,
                (value("Hidden", True),))
            if document is None:
                raise SystemExit("LibreOffice cannot open it")
            try:
                for name, control in list(controls(document)):
                    if name in wanted:
                        fill(control, wanted.pop(name))
                document.storeToURL(uno.systemPathToFileUrl(os.path.abspath(out)),
                                    (value("FilterName", "MS Word 2007 XML"),))
            finally:
                document.close(True)
        finally:
            try:
                desktop.terminate()
            except uno.getClass("com.sun.star.lang.DisposedException"):
                pass  # it answers by going
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
    if wanted:
        raise SystemExit("no such field: " + ", ".join(sorted(wanted)))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
