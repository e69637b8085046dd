package io.github.zoomtranscriber.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "# no heading # | \\# no heading \\#",
                "- no list | \\- no list",
                "1. no list | 1\\. no list",
                "10 of 12 | 10 of 12",
                "=== | \\===",
                "> no quote, 2 > 1 | \\> no quote, 2 > 1",
                "*no* _emphasis_ but snake_case | \\*no\\* \\_emphasis\\_ but snake_case",
                "[no](link) ![no](picture) | \\[no](link) !\\[no](picture)",
                "<b>no html</b> &amp; A & B | \\<b>no html\\</b> \\&amp; A & B",
                "`no code` ~~kept~~ $x$ for $5 | \\`no code\\` \\~\\~kept\\~\\~ \\$x\\$ for $5",
                "C:\\temp | C:\\\\temp",
                "see https://example.com/a_b?c=*d*, please. | see <https://example.com/a_b?c=*d*>, please.",
                "(https://example.com) | (<https://example.com>)",
                "javascript:alert(1) | javascript:alert(1)"
            })
    void textStaysText(String text, String markdown) {
        assertEquals(markdown, Markdown.escape(text));
    }

    @Test
    void aPipeDoesNotBreakTheTableOfSpeakers() {
        String markdown = Documents.write(
                Format.MD,
                new Documents()
                        .says("A", 0, 3000, "Hello.")
                        .heard("00:00:00", "Ada | Sales")
                        .read());
        assertTrue(markdown.contains("| Ada \\| Sales | 3 s | 100 % | from Zoom's timeline (100 % agree) |"), markdown);
        assertTrue(markdown.contains("speakers: [\"Ada | Sales\"]\n"), markdown);
    }

    @Test
    void frontMatterLeavesOutWhatIsNotKnown() {
        Documents documents = new Documents();
        documents.zoom.removeAll();
        documents.assemblyai.removeAll();
        assertEquals(
                "---\n---\n\n# Meeting\n\n## Transcript\n\nNo speech was found in this recording.\n",
                Documents.write(Format.MD, documents.read()));
    }
}
