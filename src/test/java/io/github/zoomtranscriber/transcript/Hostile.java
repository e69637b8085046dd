package io.github.zoomtranscriber.transcript;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that have broken things: markup, paths, expressions, other scripts, halves of characters. */
final class Hostile {

    private static final String[] PIECES = {
        "../",
        "..\\",
        "/",
        "CON",
        "nul",
        ".txt",
        ".",
        "..",
        " ",
        "  ",
        "-",
        "--",
        "-->",
        "<!--",
        "-->\n\n",
        "${",
        "}",
        "{{",
        "#{",
        "$simple{",
        "<script>alert(1)</script>",
        "</script>",
        "</style>",
        "<img src=x onerror=alert(1)>",
        "<b>",
        "<v Ada>",
        "{\\an8}",
        "&amp;",
        "&",
        "\"",
        "'",
        "`",
        "*",
        "_",
        "[x](javascript:1)",
        "https://example.com/a_b?c=d&e=\"f\"",
        "\n",
        "\r\n",
        "\t",
        "\u0000",
        "\u0007",
        "\u001B[31m",
        "\u0085",
        "\u2028",
        "\u00A0",
        "\u202E",
        "\u2067",
        "\u200E",
        "\u200D",
        "\uFEFF",
        "\uD83D",
        "\uDE80",
        "\uFFFE",
        "1.",
        "# ",
        "---",
        "|",
        "~~",
        "$x$",
        "\\",
        "%",
        ":",
        "?",
        "שלום",
        "مرحبا",
        "日本語の会議",
        "ความหมาย",
        "👩‍👩‍👧",
        "🇩🇪",
        "e\u0301",
        "Z\u0351\u036B\u0343",
        "\u0301",
        "\u3164",
        "İ",
        "ß",
        "ﬁ",
        "𝔘",
        "한국어",
        "नमस्ते",
        "00:00:01,000 --> 00:00:02,000",
        "NOTE",
        "WEBVTT",
        "[PERSON_NAME]",
        "####",
        "word",
        "Another sentence.",
        "supercalifragilisticexpialidocious".repeat(3)
    };

    private Hostile() {}

    /** @param most so many pieces */
    static Arbitrary<String> texts(int most) {
        Arbitrary<String> odd = Arbitraries.of(PIECES);
        Arbitrary<String> words = Arbitraries.of("one", "two ", "three, ", "four. ", " ", "fünf ");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12);
        return Arbitraries.frequencyOf(Tuple.of(5, odd), Tuple.of(4, words), Tuple.of(1, any))
                .list()
                .ofMaxSize(most)
                .map(pieces -> String.join("", pieces));
    }
}
