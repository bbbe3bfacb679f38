// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/form/pdf/value.h"

namespace stageclock::pdf {

// A PDF file that somebody else made, read without trusting what it says about where things are:
// its objects are found by going through it from the start, as readers do with a damaged file, and
// of two with the same number the later counts. So there are no tables to follow and no loops in
// them. No stream is decoded but those that hold objects, and of them no more than a limit.
class File {
public:
    // Throws TooMuch. The bytes outlive it.
    explicit File(std::string_view bytes);

    bool encrypted() const { return encrypted_; }
    // The catalogue; the null object when none is found.
    const Value& root() const { return root_; }
    // The object itself, whether `value` is it or points to it. One step only.
    Value resolved(const Value& value) const;

private:
    struct Place {
        std::size_t order = 0;   // in the file, of it or of the stream it is in
        std::size_t offset = 0;  // in the file or the stream
        int stream = -1;         // index in streams_; -1: the file
    };
    struct Holder {  // a stream that holds objects
        std::size_t order = 0;
        std::size_t first = 0;
        std::size_t count = 0;
        std::string bytes = {};  // decoded
    };
    void scan();
    std::size_t object_at(std::size_t at);
    std::size_t stream_end(const Value& dictionary, std::size_t begin);
    void keep_holder(const Value& dictionary, std::size_t order, std::string_view bytes);
    void take_trailer(const Value& dictionary);
    void open_holders();

    std::string_view bytes_;
    mutable Allowance allowance_;
    std::map<int, Place> places_;
    std::deque<Holder> holders_;
    std::size_t decoded_ = 0;
    bool no_more_ends_ = false;
    bool encrypted_ = false;
    Value root_;
};

}  // namespace stageclock::pdf
