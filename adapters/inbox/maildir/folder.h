// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/result.h"
#include "bot/core/time.h"

// A Maildir as files: tmp/, new/, cur/, and beside them ".aside" (a Maildir++ sub-folder) with the
// mails people must look at.
namespace stageclock::maildir {

struct Waiting {
    std::string name;   // in new/
    Instant arrived;    // when it was delivered: the time of the file
};

class Folder {
public:
    explicit Folder(std::string path) : path_(std::move(path)) {}

    // Makes what is missing, readable by the owner only.
    Done prepare() const;
    // Everything in new/, oldest first.
    Result<std::vector<Waiting>> waiting() const;
    // The bytes of a waiting mail. Code::not_found: it is gone; Code::conflict: somebody still
    // writes it; Code::invalid_input: it cannot be a mail for us (too large, no regular file, not
    // readable), in words for people.
    Result<std::string> read(const std::string& name, std::size_t largest) const;

    std::string new_folder() const { return path_ + "/new"; }
    // Where set_aside() will put it: to be known before.
    std::string place_aside(const std::string& name) const;
    // Both leave the file where it is when they fail; neither overwrites another.
    Done finish(const std::string& name) const;
    Done set_aside(const std::string& name) const;

private:
    std::string path_;
};

}  // namespace stageclock::maildir
