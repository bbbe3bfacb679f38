// SPDX-License-Identifier: MIT
#pragma once

namespace stageclock {

// Closes what open() and its like gave; a negative number is nothing to close.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

}  // namespace stageclock
