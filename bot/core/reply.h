// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/directory.h"
#include "bot/core/policy.h"
#include "bot/core/time.h"
#include "bot/core/update.h"

namespace stageclock {

// Our mails carry this line above the text they quote; what stands below it is ours. The match
// ignores letter case and whatever else is on the line.
inline constexpr std::string_view reply_marker = "reply above this line";

// A mail as far as its meaning goes: UTF-8, LF line ends. What a stranger wrote.
struct MailText {
    std::string subject;
    std::string text;
    // The new texts of the mails this one completes, oldest first: a raise that lacked something
    // is completed by an answer that has only that.
    std::vector<std::string> earlier = {};
};

// A board with the rules its mails are read by.
struct KnownBoard {
    const Board& board;
    const Policy& policy;
    const Directory& directory;
    // Its rules are not known: stages, agencies and statuses are taken as they are written. For
    // showing how a mail reads; nothing may act on that.
    bool unknown = false;
};

// What must be known to read a mail.
struct Background {
    const std::vector<KnownBoard>& boards;
    const Zone& zone;                // of the dates people write
    std::string board;               // of a raise that names none; empty: it must name one
    Side sender = Side::none;        // on the case the mail is about; what "our" means
    std::string role = {};           // of the sender on that case; empty: not known
};

// What a mail asks for. Nothing in `understood`, `missing` and `ask` is free text or the name of
// the child or adult: they may be sent back and stored.
struct Understood {
    enum class Kind {
        certain,     // `updates`: at least one, without source, id, sender and times of arrival
        incomplete,  // a raise that lacks what `missing` says
        uncertain    // `ask` says why and what may be written instead
    };
    Kind kind = Kind::uncertain;
    std::string ref;    // the case it is about; empty: none or more than one was named
    std::string board;  // of the case or of the raise; empty: unknown
    std::vector<Update> updates;
    std::vector<std::string> understood;  // "Other agency: Housing", a line each
    std::vector<std::string> missing;     // "Summary", a line each, with what is permitted
    std::string ask;
    std::vector<UpdateKind> heard = {};  // uncertain: what it may ask for, each once
};

// Reads a mail. Pure and total: any text gives one of the three. Words of two kinds, negations,
// questions and conditions are never certain.
Understood understand(const MailText& mail, const Background& background);

// The same without any board: references are read in the form PREFIX-YEAR-NUMBER, and a mail that
// names no case and does not raise one is read as a reply.
Understood understand_alone(const MailText& mail, const Zone& zone);

// The reference of the case a mail is about, in the form the board writes it: of the subject, else
// of the new text, else of the whole text. Empty when there is none, or more than one in the first
// of these that has any.
std::string reference_in(const MailText& mail, const std::vector<KnownBoard>& boards);

// What the sender wrote anew: the text above quotations, without banners of mail gateways,
// signature and farewell, and the answers between quoted lines. When nothing stands above the
// quotation, the unquoted lines.
std::string new_text(std::string_view text);
// By what a quotation is known to begin: our own line, or the habits of mail programs.
enum class Cut { none, quotation, marker };
Cut cut_of(std::string_view text);

}  // namespace stageclock
