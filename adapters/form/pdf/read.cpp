// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/read.h"

#include <memory>
#include <set>

#include "adapters/form/pdf/file.h"
#include "adapters/form/pdf/text_of.h"
#include "bot/core/form_layout.h"

namespace stageclock::pdf {
namespace {

constexpr std::size_t most_bytes = 10'000'000;
constexpr std::size_t most_fields = 5'000;
constexpr std::size_t most_text = 4'000'000;  // bytes of all values
constexpr int deepest = 32;
constexpr int radio_flag = 1 << 15;
constexpr int push_flag = 1 << 16;
constexpr const char* damaged =
    "The PDF is damaged and cannot be read. Please save it again and send it once more.";
constexpr const char* too_much =
    "The PDF is larger or more tangled than any form is. Please send the form as it was sent to "
    "you, filled in.";
constexpr const char* locked =
    "The PDF is encrypted. Please save it without a password and without restrictions, and send it "
    "once more.";
constexpr const char* xfa =
    "The PDF is a dynamic (XFA) form, which cannot be read. Please fill in the form as it was sent "
    "to you.";
constexpr const char* kept_elsewhere =
    "A field of the PDF keeps its text in a way that is not read. Please fill in the form as it "
    "was sent to you.";
constexpr const char* without_fields =
    "The PDF has no fields: it was printed, scanned or flattened, or is another file. Please send "
    "the form that was filled in, not a print of it.";

struct Refused {
    const char* sentence;
};

// What a field has from the groups it is in (12.7.3.1).
struct Inherited {
    std::string name;
    std::string type;
    std::shared_ptr<const Value> value = std::make_shared<Value>();
    std::shared_ptr<const Value> options = std::make_shared<Value>();
    int flags = 0;
};

class FieldReader {
public:
    explicit FieldReader(const File& file) : file_(file) {}

    FilledForm run(const Value& fields) {
        for (const Value& field : fields.items) walk(field, {}, 0);
        return std::move(form_);
    }

private:
    void walk(const Value& pointed, Inherited from, int depth) {
        if (depth > deepest) throw TooMuch("fields nested too deeply");
        if (pointed.is(Value::Kind::reference) && !seen_.insert(pointed.to_int()).second)
            return;  // a loop, or one field twice
        if (++fields_ > most_fields) throw TooMuch("too many fields");
        const Value field = file_.resolved(pointed);
        take_own(field, from);
        const Value kids = file_.resolved(field.at("Kids"));
        bool has_fields = false;
        std::vector<std::string> states;
        for (const Value& kid : kids.items) {
            const Value is = file_.resolved(kid);
            if (is.at("T").is(Value::Kind::null)) {
                if (++fields_ > most_fields) throw TooMuch("too many boxes");
                states.push_back(state_of(is));
            } else {
                has_fields = true;
                walk(kid, from, depth + 1);
            }
        }
        if (has_fields || from.name.empty() || from.type.empty()) return;
        put(from, std::move(states));
    }

    void take_own(const Value& field, Inherited& from) const {
        const Value name = file_.resolved(field.at("T"));
        if (name.is(Value::Kind::text))
            from.name += (from.name.empty() ? "" : ".") + text_of(name.bytes);
        if (const Value type = file_.resolved(field.at("FT")); type.is(Value::Kind::name))
            from.type = type.bytes;
        if (const Value flags = file_.resolved(field.at("Ff")); flags.is(Value::Kind::number))
            from.flags = flags.to_int();
        if (field.entries.contains("V"))
            from.value = std::make_shared<Value>(value_of(field.at("V")));
        if (field.entries.contains("Opt"))
            from.options = std::make_shared<Value>(file_.resolved(field.at("Opt")));
    }

    // A value that points to a stream is text of a form we do not make, and streams are not read.
    Value value_of(const Value& pointed) const {
        Value value = file_.resolved(pointed);
        if (pointed.is(Value::Kind::reference) && value.is(Value::Kind::dictionary) &&
            value.entries.contains("Length"))
            throw Refused{kept_elsewhere};
        return value;
    }

    // The name under which a button's box is on; empty: it has none.
    std::string state_of(const Value& widget) const {
        const Value looks = file_.resolved(file_.resolved(widget.at("AP")).at("N"));
        for (const auto& [name, look] : looks.entries)
            if (name != "Off") return name;
        return {};
    }

    void put(const Inherited& field, std::vector<std::string> states) {
        if (field.name.size() > most_name) throw TooMuch("a name too long");
        std::string words;
        if (field.type == "Tx") {
            if (field.value->is(Value::Kind::text)) words = text_of(field.value->bytes);
        } else if (field.type == "Btn") {
            if ((field.flags & push_flag) != 0) return;
            words = button(field, states);
        } else if (field.type == "Ch") {
            words = choice(field);
        } else {
            return;  // a digital signature is not read
        }
        text_ += words.size() + field.name.size();
        if (text_ > most_text) throw TooMuch("too much text");
        form_.values[field.name] = std::move(words);
    }

    std::string button(const Inherited& field, const std::vector<std::string>& states) const {
        if (!field.value->is(Value::Kind::name) || field.value->bytes == "Off" ||
            field.value->bytes.empty())
            return {};
        const std::set<std::string> different(states.begin(), states.end());
        const bool one_of_several = (field.flags & radio_flag) != 0 || different.size() > 1;
        if (!one_of_several) return std::string(ticked);
        return option_of(field, states);
    }

    // The options stand in the order of the boxes; a box is on under its number, or under a name
    // of its own (12.7.4.2.3).
    std::string option_of(const Inherited& field, const std::vector<std::string>& states) const {
        const std::string& state = field.value->bytes;
        std::size_t at = field.options->items.size();
        if (state.find_first_not_of("0123456789") == std::string::npos && state.size() < 6)
            at = static_cast<std::size_t>(std::stoi(state));
        else
            for (std::size_t box = 0; box < states.size(); ++box)
                if (states[box] == state) at = box;
        if (at < field.options->items.size())
            if (const Value words = file_.resolved(field.options->items[at]);
                words.is(Value::Kind::text))
                return text_of(words.bytes);
        return text_of_name(state);
    }

    std::string choice(const Inherited& field) const {
        if (field.value->items.size() > most_chosen || field.options->items.size() > most_options)
            throw TooMuch("too many options");
        std::string words;
        const auto add = [&](const Value& value) {
            if (!value.is(Value::Kind::text)) return;
            words += (words.empty() ? "" : ", ") + shown(*field.options, value.bytes);
        };
        add(*field.value);
        for (const Value& item : field.value->items) add(file_.resolved(item));
        return words;
    }

    // An option may be a pair: what it exports, and the words people see.
    std::string shown(const Value& options, const std::string& exported) const {
        for (const Value& pointed : options.items) {
            const Value option = file_.resolved(pointed);
            if (option.items.size() != 2) continue;
            if (file_.resolved(option.items[0]).bytes == exported)
                return text_of(file_.resolved(option.items[1]).bytes);
        }
        return text_of(exported);
    }

    static constexpr std::size_t most_name = 1'000;
    static constexpr std::size_t most_options = 1'000;
    static constexpr std::size_t most_chosen = 50;

    const File& file_;
    FilledForm form_;
    std::set<int> seen_;
    std::size_t fields_ = 0;
    std::size_t text_ = 0;
};

Error refusal(Code code, const char* sentence) { return {code, sentence, "PDF"}; }

Result<FilledForm> read_file(std::string_view bytes) {
    const File file(bytes);
    if (file.encrypted()) return refusal(Code::invalid_input, locked);
    if (!file.root().is(Value::Kind::dictionary)) return refusal(Code::invalid_input, damaged);
    const Value form = file.resolved(file.root().at("AcroForm"));
    FilledForm filled = FieldReader(file).run(file.resolved(form.at("Fields")));
    if (filled.values.empty()) {
        const bool dynamic = form.entries.contains("XFA");
        return dynamic ? refusal(Code::invalid_input, xfa)
                       : refusal(Code::not_found, without_fields);
    }
    if (const auto mark = filled.values.find(std::string(form_mark_field));
        mark != filled.values.end()) {
        filled.mark = mark->second;
        filled.values.erase(mark);
    }
    return filled;
}

}  // namespace

bool knows(std::string_view bytes) {
    return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

Result<FilledForm> read(std::string_view bytes) {
    if (bytes.size() > most_bytes) return refusal(Code::invalid_input, too_much);
    try {
        return read_file(bytes);
    } catch (const TooMuch&) {
        return refusal(Code::invalid_input, too_much);
    } catch (const Refused& refused) {
        return refusal(Code::invalid_input, refused.sentence);
    } catch (const std::exception&) {
        return refusal(Code::invalid_input, damaged);
    }
}

}  // namespace stageclock::pdf
