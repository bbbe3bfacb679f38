#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Fills a PDF form as somebody with a viewer would: with poppler, which is not ours.

    fill_pdf.py FORM OUT field=value ...

A check box takes yes or no, a choice the words of the option beside its box. Ends with an error
that names a field the form does not have, or a value a field does not take.
"""
import pathlib
import sys

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402  (the version comes first)


def words_beside(page, box, boxes):
    """What is printed right of a box, up to the next box of the same line."""
    height = page.get_size().height
    edge = page.get_size().width
    for other in boxes:
        if other.x1 > box.x1 and other.y1 < box.y2 and other.y2 > box.y1:
            edge = min(edge, other.x1)
    area = Poppler.Rectangle()
    area.x1, area.x2 = box.x2 + 0.5, edge - 1
    # Text is looked up from the top of the page, boxes are measured from its foot.
    area.y1, area.y2 = height - box.y2, height - box.y1
    # What follows on further lines only comes along.
    return " ".join(page.get_text_for_area(area).partition("\n")[0].split())


def set_choice(page, fields, value):
    boxes = [mapping.area for mapping in fields]
    for mapping in fields:
        if words_beside(page, mapping.area, boxes) == value:
            mapping.field.button_set_state(True)
            return True
    return False


def set_value(page, fields, value):
    field = fields[0].field
    kind = field.get_field_type()
    if kind == Poppler.FormFieldType.TEXT:
        field.text_set_text(value)
        return True
    if kind == Poppler.FormFieldType.BUTTON:
        if field.button_get_button_type() == Poppler.FormButtonType.RADIO:
            return set_choice(page, fields, value)
        field.button_set_state(value == "yes")
        return value in ("yes", "no")
    if kind == Poppler.FormFieldType.CHOICE:
        options = [field.choice_get_item(at) for at in range(field.choice_get_n_items())]
        if value not in options:
            return False
        field.choice_select_item(options.index(value))
        return True
    return False


def fill(form, out, values):
    document = Poppler.Document.new_from_file(pathlib.Path(form).resolve().as_uri(), None)
    left = dict(values)
    # A mapping is only good as long as the list it came from.
    pages = [(page, page.get_form_field_mapping())
             for page in map(document.get_page, range(document.get_n_pages()))]
    for page, mappings in pages:
        for name in [mapping.field.get_name() for mapping in mappings]:
            if name not in left:
                continue
            fields = [mapping for mapping in mappings if mapping.field.get_name() == name]
            if not set_value(page, fields, left.pop(name)):
                sys.exit(f"fill_pdf: {name} does not take this value")
    if left:
        sys.exit("fill_pdf: the form has no field " + ", ".join(sorted(left)))
    document.save(pathlib.Path(out).resolve().as_uri())


def main():
    if len(sys.argv) < 3 or not all("=" in value for value in sys.argv[3:]):
        sys.exit("usage: fill_pdf.py FORM OUT field=value ...")
    fill(sys.argv[1], sys.argv[2], [value.split("=", 1) for value in sys.argv[3:]])


if __name__ == "__main__":
    main()
