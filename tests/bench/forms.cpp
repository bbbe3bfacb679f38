// SPDX-License-Identifier: MIT
#include "tests/bench/forms.h"

#include <cstdio>
#include <ctime>
#include <stdexcept>

#include "adapters/registry.h"
#include "tests/bench/progress.h"

namespace stageclock::bench {
namespace {

constexpr double seconds_each = 2;

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Kind {
    const char* name;
    const char* layout;
    const char* subject;
    int sentences;  // of the longest text
};

FormValues values_of(const Kind& kind, int number) {
    const std::string which = std::to_string(number);
    std::string text;
    for (int at = 0; at < kind.sentences; ++at)
        text += "On day " + which + "." + std::to_string(at) +
                " the plan was discussed by telephone and no agreement was reached. ";
    FormValues values{.layout = kind.layout,
                      .reference = "BNCH-2026-" + which,
                      .subtitle = "Opened at stage 3, as of Thursday 24 December 2026 at 17:00",
                      .mark = "v1.bench." + which + ".0123456789abcdef0123456789abcdef",
                      .made = Instant{std::chrono::seconds{1'798'000'000 + number}},
                      .values = {}};
    values.values = {{"return_to.post", "Board Manager"},
                     {"subject", kind.subject + which},
                     {"reference", values.reference},
                     {"board", "Example Safeguarding Board"},
                     {"summary", text},
                     {"matter", text},
                     {"agreed_outcome", "Moved to stage " + which},
                     {"stage_history", "Stage 1, entered on day " + which + "\nStage 2, entered"},
                     {"additional_notes", "Stage 1, entered on day " + which},
                     {"initiating.name", "Łukasz Śmiałek " + which},
                     {"initiating.agency", "Education"},
                     {"receiving.name", "Siân Llŷr " + which},
                     {"receiving.agency", "Social Care"},
                     {"resolved_stage", "3"},
                     {"time_taken", which + " working days"}};
    return values;
}

void measure(const FormRenderer& forms, const Kind& kind) {
    int made = 0;
    std::size_t bytes = 0;
    const auto make = [&] {
        const auto form = forms.render(values_of(kind, ++made));
        if (!form) throw std::runtime_error(form.error().what);
        bytes = form->size();
    };
    make();  // fonts are read and the layout is made ready once
    const double start = processor_seconds();
    const int before = made;
    while (processor_seconds() - start < seconds_each) {
        make();
        if (made % 64 == 0) show_progress(std::string(kind.name) + " " + std::to_string(made));
    }
    const double each = (processor_seconds() - start) / (made - before);
    clear_progress();
    std::printf("  %-42s %6.0f/s   CPU %5.0f us   %zu bytes\n", kind.name, 1 / each, each * 1e6,
                bytes);
}

}  // namespace

void measure_forms() {
    const auto forms = make_pdf_forms("templates/forms");
    if (!forms) throw std::runtime_error(forms.error().what);
    std::printf("\nForms made (one processor, each with values of its own)\n");
    const Kind kinds[] = {
        {"monitoring form, filled", "monitoring-form", "Zuzanna Example ", 5},
        {"escalation record, filled", "escalation-record", "Zuzanna Example ", 4},
        {"monitoring form, a name in Arabic", "monitoring-form", "\u0645\u062D\u0645\u062F ", 5},
        {"monitoring form, laid out anew", "monitoring-form", "Zuzanna Example ", 60},
    };
    for (const Kind& kind : kinds) measure(**forms, kind);
}

}  // namespace stageclock::bench
