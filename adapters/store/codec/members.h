// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/case.h"
#include "bot/core/notice.h"

namespace stageclock::codec {

// A member that is added to one of these and not listed in fields.h would be lost without a word.
// The build stops here then: list it, and count it here.
namespace members {

inline void all(Contact& it) {
    [[maybe_unused]] auto& [a, b, c, d, e] = it;
}
inline void all(Actor& it) {
    [[maybe_unused]] auto& [a, b, c, d, e] = it;
}
inline void all(ChatAct& it) {
    [[maybe_unused]] auto& [a, b, c, d, e] = it;
}
inline void all(KeptFile& it) {
    [[maybe_unused]] auto& [a, b, c, d, e] = it;
}
inline void all(FileEntry& it) {
    [[maybe_unused]] auto& [a, b, c, d] = it;
}
inline void all(FormValue& it) {
    [[maybe_unused]] auto& [a, b, c, d] = it;
}
inline void all(FormReturn& it) {
    [[maybe_unused]] auto& [a, b, c, d, e] = it;
}
inline void all(ReturnedForm& it) {
    [[maybe_unused]] auto& [a, b, c, d] = it;
}
inline void all(Party& it) {
    [[maybe_unused]] auto& [a, b] = it;
}
inline void all(RaiseFacts& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = it;
}
inline void all(PriorityChange& it) {
    [[maybe_unused]] auto& [a, b] = it;
}
inline void all(Agreement& it) {
    [[maybe_unused]] auto& [a, b, c] = it;
}
inline void all(Unavailable& it) {
    [[maybe_unused]] auto& [a, b] = it;
}
inline void all(Unreached& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h, i, j] = it;
}
inline void all(Raised& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f] = it;
}
inline void all(Informed& it) {
    [[maybe_unused]] auto& [a] = it;
}
inline void all(Told& it) {
    [[maybe_unused]] auto& [a, b, c, d, e] = it;
}
inline void all(Event& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = it;
}
inline void all(DutyRun& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f] = it;
}
inline void all(StageEntry& it) {
    [[maybe_unused]] auto& [a, b] = it;
}
inline void all(Acknowledgement& it) {
    [[maybe_unused]] auto& [a, b, c] = it;
}
inline void all(Tag& it) {
    [[maybe_unused]] auto& [a, b] = it;
}
inline void all(LogEntry& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f] = it;
}
inline void all(Case& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x,
                            y, z, aa, ab, ac, ad, ae, af, ag, ah, ai] = it;
}
inline void all(Recipient& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h, i, j, k, l] = it;
}
inline void all(TraceLine& it) {
    [[maybe_unused]] auto& [a, b, c] = it;
}
inline void all(Trace& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h] = it;
}
inline void all(Notice& it) {
    [[maybe_unused]] auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w,
                            x, y, z] = it;
}

}  // namespace members

}  // namespace stageclock::codec
