// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/hours.h"

namespace stageclock {

// One organisation that can be a party to a case. Matched on id, name and aliases, ignoring
// letter case and the spaces around (C-5).
struct Agency {
    std::string id = {};
    std::string name = {};
    std::vector<std::string> aliases = {};
    std::string kind = {};     // "school": what rules for all of a kind name
    std::vector<std::string> clauses = {};
};

// Who may see what: an officer on the case gets what is needed to act, a board inbox gets
// reference, stage and deadline, never a name (architecture, "Delivery").
enum class Audience { officer, board, chat };

// Days on which nobody is at a post, both included.
struct Absence {
    Date from;
    Date to;
};

// A post that fills a role of an agency, or of the board itself (`agency` empty).
struct Post {
    std::string id = {};       // unique in the directory: "camden-housing-3"
    std::string agency = {};   // empty: a post of the board
    std::string role = {};     // "named-safeguarding-lead"
    std::string title = {};    // as published: "Director of Housing"
    std::string holder = {};   // as published; may be empty
    std::string address = {};  // email; empty: a named gap
    std::vector<std::string> more_addresses = {};  // the next ones, in order of preference
    std::string phone = {};
    // "mail", places of a chat such as "teams:duty-managers", and channels on which this post is
    // reached itself, "sms" or "slack", in order of preference.
    std::vector<std::string> channels = {};
    // Whose acts in a chat are this post's, "slack:U0123ABCD"; also where it is reached itself.
    std::vector<std::string> accounts = {};
    std::vector<Hours> window = {};  // reminders go out in these hours only; empty: at any
    Audience audience = Audience::officer;
    std::vector<std::string> unit = {};         // holds only for these units; empty: any
    std::vector<std::string> case_status = {};  // only for these; empty: any
    std::vector<std::string> subject = {};      // "child", "adult"; empty: both
    std::vector<std::string> area = {};         // of the local board; empty: any
    std::string deputy = {};                    // post told instead while this one is absent
    std::vector<Absence> absent = {};
    bool required = false;                 // the board cannot be served without its address
    bool assumed = false;                  // our reading of a blank: to be confirmed by the board
    std::vector<std::string> clauses = {};
};

// Who answers for an agency that lacks a role.
struct Delegate {
    std::string agency = {};   // id or kind
    std::string role = {};
    std::string to = {};       // agency
    std::string to_role = {};  // empty: the same
    std::vector<std::string> clauses = {};
};

struct Directory {
    std::string version = {};  // date of the document the posts were taken from
    std::vector<Agency> agencies = {};
    std::vector<Post> posts = {};
    std::vector<Delegate> delegates = {};
};

// The circumstances a post may be limited to.
struct Circumstances {
    std::string unit = {};
    std::string case_status = {};
    std::string subject = {};  // "child", "adult", "both"
    std::string area = {};
};

// True when one of `words` is this agency: its id, or its kind; an empty list means any.
bool names_agency(const Directory& directory, const std::vector<std::string>& words,
                  std::string_view agency);

const Agency* find_agency(const Directory& directory, std::string_view text);
// The agency whose name or alias is nearest to `text`, for "did you mean"; nullptr when none is
// close.
const Agency* nearest_agency(const Directory& directory, std::string_view text);

// The posts that fill `role` of `agency` under these circumstances; an unknown case status
// matches every post (C-6: ask, and meanwhile tell all). Order as in the directory.
std::vector<const Post*> posts_for(const Directory& directory, std::string_view agency,
                                   std::string_view role, const Circumstances& circumstances);
const Post* find_post(const Directory& directory, std::string_view id);
// The address mail to this post goes to: the first there is; empty: a named gap.
const std::string& address_of(const Post& post);
// True when `address` is any of the post's, letter case aside. An empty one never is.
bool has_address(const Post& post, std::string_view address);
// One way to reach a post: a channel, and what it needs to find them there.
struct Way {
    std::string channel = {};      // "mail", "teams", "sms"
    // An address, the name of a [[chat]], a telephone number, or "@" and an account.
    std::string destination = {};
};
bool operator==(const Way& a, const Way& b);
// Every way to reach the post, in its order of preference; what lacks its address, number or
// account is left out.
std::vector<Way> ways_to(const Post& post);
// True for "mail", "sms" and for the form "teams:duty-managers".
bool is_channel(std::string_view text);
// True for the form "slack:U0123ABCD".
bool is_account(std::string_view text);

// How names are compared: lower case, no outer spaces, inner runs as one, apostrophes straight.
std::string folded(std::string_view text);
// True when `text` is a single plausible mailbox address: no spaces, control characters, quotes or
// lists (RFC 5321 section 4.1.2, dot-atom form only).
bool is_address(std::string_view text);

}  // namespace stageclock
