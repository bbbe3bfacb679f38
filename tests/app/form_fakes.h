// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "bot/app/form_desk.h"
#include "tests/support/plain_seal.h"

namespace stageclock::testing {

// Reads "FORM", then a line "name=value" for each field. "FLAT" has no fields, "BAD" is damaged,
// anything else is no form.
class LineReader final : public FormReader {
public:
    bool knows(std::string_view bytes) const override {
        return bytes.starts_with("FORM") || bytes.starts_with("FLAT") || bytes.starts_with("BAD");
    }
    Result<FilledForm> read(std::string_view bytes) const override {
        if (bytes.starts_with("FLAT")) return Error{Code::not_found, "no fields", ""};
        if (bytes.starts_with("BAD")) return Error{Code::invalid_input, "The file is damaged.", ""};
        FilledForm form;
        while (!bytes.empty()) {
            const auto line = bytes.substr(0, bytes.find('\n'));
            bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
            const auto equals = line.find('=');
            if (equals == line.npos) continue;
            const std::string name(line.substr(0, equals));
            if (name == "mark") {
                form.mark = line.substr(equals + 1);
            } else {
                form.values[name] = line.substr(equals + 1);
            }
        }
        return form;
    }
};

// The files of kept mails, by their digest.
class Shelf final : public MailArchive {
public:
    std::map<std::string, std::string> files;
    bool locked = false;
    Result<std::string> file(const std::string&, const std::string& sha256) const override {
        if (locked) return Error{Code::unavailable, "the disk is in the way", ""};
        const auto found = files.find(sha256);
        if (found == files.end()) return Error{Code::not_found, "no such file", ""};
        return found->second;
    }
};

// Where forms are read in tests about other things: none ever comes.
struct NoFormsComing {
    LineReader reader;
    Shelf shelf;
    PlainSeal seal;
    std::map<std::string, FormLayout> layouts;
    FormDesk desk;

    NoFormsComing(Desk& front, Store& store, const Rulebook& rulebook)
        : desk({front, store, rulebook, reader, shelf, seal, layouts, [] {}}) {}
};

}  // namespace stageclock::testing
