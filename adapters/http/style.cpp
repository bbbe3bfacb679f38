// SPDX-License-Identifier: MIT
#include "adapters/http/style.h"

namespace stageclock::front {
namespace {

// Contrast of every pair of colours is at least 4.5 to 1 (WCAG 2.2, 1.4.3), that of borders which
// mean something and of the focus ring at least 3 to 1; nothing is said by colour alone.
constexpr std::string_view sheet = R"css(:root { color-scheme: light;
  --ink: #1d2530; --soft: #525e6e; --line: #d4dae2;
  --paper: #fff; --ground: #f4f6f9; --accent: #17527a; --late: #a3142a; --good: #17663a;
  --wait: #7a4b00; }
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  color: var(--ink); background: var(--ground); }
body { margin: 0; }
.wide { display: block; max-width: 66rem; margin: 0 auto; padding: 0 1rem; }
header { background: #12344d; color: #fff; }
header .wide { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 2rem;
  padding-top: .6rem; padding-bottom: .6rem; }
.brand { margin: 0; font-weight: 700; font-size: 1.15rem; letter-spacing: .01em; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .35rem .75rem; color: #fff; text-decoration: none;
  border-radius: .3rem; }
nav a:hover { text-decoration: underline; }
nav a[aria-current] { background: #fff; color: #12344d; font-weight: 600; }
.band { margin: 0; max-width: none; background: #fff3cf; padding: .4rem 0;
  border-bottom: 1px solid #d9bd6a; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .5rem 1rem; z-index: 1; }
:focus-visible { outline: 3px solid #b4460f; outline-offset: 2px; border-radius: 2px; }
header :focus-visible { outline-color: #ffd166; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1.5rem 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1.05rem; margin: 0 0 .3rem; }
p, ul, ol, dl { margin: 0 0 .9rem; }
p, li, dd { max-width: 46rem; overflow-wrap: anywhere; }
main { padding-bottom: 4rem; }
main a { color: var(--accent); }
.lead { font-size: 1.1rem; }
.soft, .hint { color: var(--soft); }
.soft { font-weight: 400; }
.hint { font-size: .9rem; margin-top: .5rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
  padding: 1rem 1.15rem; margin: 0 0 1rem; }
.card.late { border-left: .35rem solid var(--late); }
.card.running { border-left: .35rem solid var(--accent); }
.card > :first-child, .alert > :first-child { margin-top: 0; }
.card > :last-child, form > :last-child { margin-bottom: 0; }
.due { font-size: 1.1rem; font-weight: 600; }
.clock { font-size: 1.35rem; font-weight: 600; margin-bottom: .6rem; }
.alert { background: #fdecee; border: 1px solid var(--late); border-radius: .5rem;
  padding: .75rem 1rem; margin: 0 0 1rem; }
.alert > :last-child { margin-bottom: 0; }
dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .3rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
.table { overflow-x: auto; background: var(--paper); border: 1px solid var(--line);
  border-radius: .5rem; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
caption { text-align: left; padding: .7rem .9rem; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem;
  border-top: 1px solid var(--line); }
thead th { font-size: .85rem; color: var(--soft); border-top: 0; white-space: nowrap; }
caption + thead th { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; }
td { overflow-wrap: break-word; }
.when { min-width: 8.5rem; }
.ref { white-space: nowrap; }
.what { min-width: 13rem; }
.tag { display: inline-block; padding: .05rem .5rem; border-radius: .25rem; border: 1px solid;
  font-size: .85rem; font-weight: 600; white-space: nowrap; }
.tag.late { color: var(--late); background: #fdecee; }
.tag.good { color: var(--good); background: #e8f5ed; }
.tag.wait { color: var(--wait); background: #fdf4e0; }
.tag.plain { color: var(--soft); background: #f4f6f9; }
details { margin: .5rem 0 0; }
summary { cursor: pointer; color: var(--accent); padding: .2rem 0; width: fit-content; }
details .table { margin-top: .5rem; }
form .row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; }
label { display: block; font-weight: 600; margin-bottom: .2rem; }
input[type=text] { font: inherit; padding: .45rem .6rem; border: 1px solid #6b7787;
  border-radius: .3rem; width: 18rem; max-width: 100%; background: #fff; color: inherit; }
textarea { display: block; font: inherit; padding: .45rem .6rem; border: 1px solid #6b7787;
  border-radius: .3rem; width: 100%; max-width: 40rem; background: #fff; color: inherit; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; min-width: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .4rem; }
.choice { display: flex; gap: .75rem; padding: .55rem 0; max-width: 40rem; }
.choice input { width: 1.5rem; height: 1.5rem; margin: 0; flex: none; }
.choice label { margin: 0; }
.choice .soft { display: block; }
.choice:target { background: #e6f0f7; outline: .35rem solid #e6f0f7; border-radius: .3rem; }
form .alert { max-width: 40rem; }
form > p { margin-bottom: 1rem; }
[aria-invalid] { border-color: var(--late); }
button { font: inherit; font-weight: 600; padding: .47rem 1.1rem; border: 1px solid var(--accent);
  border-radius: .3rem; background: var(--accent); color: #fff; cursor: pointer; }
button:hover { background: #0f3c5a; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font: .92rem/1.5 ui-monospace,
  "Liberation Mono", monospace; }
code { font: .92em ui-monospace, "Liberation Mono", monospace; background: #e9edf2;
  padding: .05rem .3rem; border-radius: .2rem; overflow-wrap: anywhere; }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: .5rem;
  background: #fff; }
.prose { white-space: pre-line; overflow-wrap: anywhere; }
.record { padding-left: 1.2rem; }
@media (max-width: 34rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  h1 { font-size: 1.45rem; }
  th, td { padding: .45rem .6rem; }
}
@media print { header, .band, form { display: none; } html { background: #fff; } }
)css";

}  // namespace

std::string_view style_sheet() { return sheet; }

}  // namespace stageclock::front
