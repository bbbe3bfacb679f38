// SPDX-License-Identifier: MIT
#include "adapters/form/docx/styles.h"

#include "adapters/form/docx/markup.h"

namespace stageclock::docx {
namespace {

// The colours of the drawn form: each has a contrast of 4.5 or more to its ground (WCAG 1.4.3).
// Sizes are half points, distances twentieths of a point.
constexpr const char* looks = R"(
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
  </w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
  <w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/>
  <w:spacing w:before="0" w:after="40"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/>
  <w:color w:val="174F61"/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
  <w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:pBdr>
  <w:bottom w:val="single" w:sz="6" w:space="2" w:color="174F61"/></w:pBdr>
  <w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:bCs/>
  <w:color w:val="174F61"/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/>
  <w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr>
  <w:spacing w:before="0" w:after="120"/></w:pPr><w:rPr><w:color w:val="5C6973"/></w:rPr>
  </w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Reference"><w:name w:val="Reference"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="60" w:after="160"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Notice"><w:name w:val="Notice"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:pBdr>
  <w:top w:val="single" w:sz="4" w:space="6" w:color="F0F5F6"/>
  <w:left w:val="single" w:sz="24" w:space="8" w:color="174F61"/>
  <w:bottom w:val="single" w:sz="4" w:space="6" w:color="F0F5F6"/></w:pBdr>
  <w:shd w:val="clear" w:color="auto" w:fill="F0F5F6"/><w:spacing w:before="120" w:after="220"/>
  <w:ind w:left="200"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/>
  <w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="0" w:after="120"/></w:pPr>
  </w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="FieldLabel"><w:name w:val="Field Label"/>
  <w:basedOn w:val="Normal"/><w:next w:val="FieldText"/><w:pPr><w:keepNext/>
  <w:spacing w:before="180" w:after="70"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="FieldText"><w:name w:val="Field Text"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:pBdr>
  <w:top w:val="single" w:sz="4" w:space="4" w:color="76858F"/>
  <w:left w:val="single" w:sz="4" w:space="5" w:color="76858F"/>
  <w:bottom w:val="single" w:sz="4" w:space="4" w:color="76858F"/>
  <w:right w:val="single" w:sz="4" w:space="5" w:color="76858F"/></w:pBdr>
  <w:spacing w:before="60" w:after="140"/><w:ind w:left="110" w:right="110"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="CheckLine"><w:name w:val="Check Line"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="100" w:after="100"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="SignatureBox">
  <w:name w:val="Signature Box"/><w:basedOn w:val="FieldText"/><w:next w:val="SignatureLine"/>
  <w:pPr><w:keepNext/><w:spacing w:before="60" w:after="80" w:line="640" w:lineRule="exact"/>
  </w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="SignatureLine">
  <w:name w:val="Signature Line"/><w:basedOn w:val="Normal"/><w:pPr><w:pBdr>
  <w:bottom w:val="single" w:sz="4" w:space="2" w:color="76858F"/>
  <w:between w:val="single" w:sz="4" w:space="2" w:color="76858F"/></w:pBdr><w:tabs>
  <w:tab w:val="left" w:pos="1700"/></w:tabs><w:spacing w:before="50" w:after="50"/>
  <w:ind w:left="1700" w:hanging="1700"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Mark"><w:name w:val="Form Mark"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="280" w:after="0"/></w:pPr><w:rPr>
  <w:color w:val="5C6973"/><w:sz w:val="15"/><w:szCs w:val="15"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs></w:pPr><w:rPr>
  <w:color w:val="5C6973"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs></w:pPr><w:rPr>
  <w:color w:val="5C6973"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/>
  </w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Hint"><w:name w:val="Hint"/><w:rPr>
  <w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="5C6973"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="Caption"><w:name w:val="Field Caption"/>
  <w:rPr><w:color w:val="5C6973"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="CheckBox"><w:name w:val="Check Box"/>
  <w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>
  <w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr>
  <w:color w:val="5C6973"/></w:rPr></w:style>
</w:styles>)";

}  // namespace

std::string styles(const std::string& language) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
           "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
           "<w:docDefaults><w:rPrDefault><w:rPr>"
           "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/>"
           "<w:color w:val=\"1C2126\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"" +
           quoted(language) +
           "\" w:eastAsia=\"en-GB\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
           "<w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/>"
           "</w:pPr></w:pPrDefault></w:docDefaults>" +
           looks;
}

}  // namespace stageclock::docx
