// SPDX-License-Identifier: MIT
//
// The bank-holiday file has the shape of the public feed https://www.gov.uk/bank-holidays.json: one
// object a division, each with events of title, date and notes.
#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "adapters/registry.h"

namespace stageclock {
namespace {

using Json = nlohmann::json;

constexpr std::streamsize largest_file = 4 * 1024 * 1024;

std::optional<std::string> read_text(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

class Reader {
public:
    Reader(const std::string& file, const Zone& zone) : file_(file), zone_(zone) {}

    Loaded<std::vector<Calendar>> read() {
        const std::optional<Json> json = parse();
        if (!json) return std::move(loaded_);
        if (!json->is_object() || json->empty()) {
            say(0, "", "is not an object with a division each", "Permitted: the public feed.");
            return std::move(loaded_);
        }
        for (const auto& [name, division] : json->items()) read_division(name, division);
        put_first("england-and-wales");
        return std::move(loaded_);
    }

private:
    void say(int line, std::string field, std::string what, std::string permitted) {
        loaded_.findings.push_back(
            {file_, line, std::move(field), std::move(what), std::move(permitted)});
    }

    std::optional<Json> parse() {
        std::ifstream in(file_, std::ios::binary);
        std::string bytes(static_cast<std::size_t>(largest_file) + 1, '\0');
        if (in) in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (in.gcount() == 0 || in.gcount() > largest_file) {
            say(0, "", "cannot be read", "Permitted: a bank-holiday file of at most 4 MiB.");
            return std::nullopt;
        }
        bytes.resize(static_cast<std::size_t>(in.gcount()));
        try {
            return Json::parse(bytes);
        } catch (const Json::parse_error& error) {
            const std::size_t end = std::min(error.byte, bytes.size());
            const auto lines =
                std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n');
            say(static_cast<int>(lines) + 1, "", "is not JSON", "Permitted: the public feed.");
            return std::nullopt;
        }
    }

    // A list covers whole years: from the first year it names to the last.
    void read_division(const std::string& name, const Json& division) {
        std::vector<Holiday> holidays;
        const auto events = division.is_object() ? division.find("events") : division.end();
        if (!division.is_object() || events == division.end() || !events->is_array()) {
            say(0, name, "has no list of events", "Permitted: {\"events\": [...]}.");
            return;
        }
        for (std::size_t i = 0; i < events->size(); ++i) {
            read_event(name + ", event " + std::to_string(i + 1), (*events)[i], holidays);
        }
        if (holidays.empty()) {
            say(0, name, "has no holiday", "Permitted: at least one event.");
            return;
        }
        const auto [first, last] =
            std::minmax_element(holidays.begin(), holidays.end(),
                                [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
        using namespace std::chrono;
        const Date begin = local_days(year_month_day(first->date).year() / January / 1);
        const Date end = local_days(year_month_day(last->date).year() / December / 31);
        loaded_.value.emplace_back(zone_, name + " to " + to_text(end), begin, end, holidays);
    }

    void read_event(const std::string& field, const Json& event, std::vector<Holiday>& holidays) {
        const std::string title = event.is_object() ? read_text(event, "title").value_or("") : "";
        const std::string day = event.is_object() ? read_text(event, "date").value_or("") : "";
        const std::optional<Date> date = parse_date(day);
        if (title.empty()) say(0, field, "has no title", "Permitted: a text.");
        if (!date) say(0, field, "has no real date", "Permitted: such as \"2026-12-25\".");
        if (title.empty() || !date) return;
        const Date known = *date;
        if (std::any_of(holidays.begin(), holidays.end(),
                        [known](const Holiday& holiday) { return holiday.date == known; })) {
            say(0, field, "is a second holiday on " + day, "Permitted: one a day.");
            return;
        }
        const bool substitute = read_text(event, "notes").value_or("") == "Substitute day";
        holidays.push_back({known, substitute ? title + " (substitute day)" : title});
    }

    void put_first(const std::string& name) {
        auto& calendars = loaded_.value;
        const auto found = std::find_if(
            calendars.begin(), calendars.end(),
            [&](const Calendar& calendar) { return calendar.version().starts_with(name); });
        if (found != calendars.end()) {
            std::rotate(calendars.begin(), found, found + 1);
        } else {
            say(0, name, "is missing", "The boards work by this division.");
        }
    }

    const std::string& file_;
    const Zone& zone_;
    Loaded<std::vector<Calendar>> loaded_;
};

}  // namespace

Loaded<std::vector<Calendar>> load_calendar(const std::string& file, const Zone& zone) {
    return Reader(file, zone).read();
}

}  // namespace stageclock
