package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever surrounds a secret. */
class CleanPropertyTest {

    /** What surrounds it: words, marks, line ends, scripts. */
    @Provide
    Arbitrary<String> surroundings() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        " ",
                        "\n",
                        "url: ",
                        "(",
                        "[",
                        "\"",
                        "'",
                        "<",
                        "=",
                        "&",
                        ", ",
                        "\u00e4\u05d0\ud83d\ude00",
                        "HTTP/1.1 403 "),
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withChars('\n', '\t', '\u05d0')
                        .ofMaxLength(40));
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("_-~.+")
                .ofMinLength(16)
                .ofMaxLength(80);
    }

    @Provide
    Arbitrary<String> forms() {
        return Arbitraries.of(
                "https://ssrweb.zoom.us/cmr/a.m4a?Policy=%s",
                "https://zoom.us/rec/download/a.b?access_token=%s",
                "http://h/?%s",
                "https://h?x=%s&y",
                "access_token=%s",
                "&Signature=%s",
                "client_secret: %s",
                "token%%3D%s",
                "\"access_token\":\"%s\"",
                "'password' : '%s'",
                "Authorization: %s",
                "authorization=%s",
                "Authorization: Bearer %s",
                "Authorization: Basic %s",
                "eyJhbGciOiJIUzI1NiJ9.%s",
                "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.%s");
    }

    @Property(tries = 2000)
    void noSecretSurvives(
            @ForAll @From("secrets") String any,
            @ForAll @From("forms") String form,
            @ForAll @From("surroundings") String before,
            @ForAll @From("surroundings") String after) {
        String secret = form.startsWith("eyJ") ? any.replaceAll("[~.+]", "_") : any;
        String text = before + " " + form.formatted(secret) + " " + after;
        assertFalse(Clean.secrets(text).contains(secret), text);
        assertFalse(Clean.text(text).contains(secret), text);
    }

    @Property(tries = 500)
    void aSecretInUseSurvivesNowhere(
            @ForAll @From("secrets") String secret,
            @ForAll @From("surroundings") String before,
            @ForAll @From("surroundings") String after) {
        Clean.remember(secret);
        assertFalse(Clean.text(before + secret + after).contains(secret));
    }

    @Property(tries = 500)
    void noAddressKeepsAQuery(@ForAll @From("surroundings") String query, @ForAll @From("surroundings") String before) {
        String clean = Clean.text(before.replace("?", "") + " https://host.example/path?"
                + query.replaceAll("[\\s\"'<>]", "") + " after");
        assertFalse(clean.contains("?"), clean);
    }

    @Property(tries = 500)
    void wordsAreLeftAlone(@ForAll @From("words") String words) {
        assertEquals(words, Clean.text(words));
    }

    @Provide
    Arbitrary<String> words() {
        Arbitrary<String> word = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12),
                Arbitraries.of(
                        "token",
                        "secret",
                        "policy",
                        "basic",
                        "https://zoom.us/rec/share/a",
                        "90%",
                        "(sic)",
                        "Ada's",
                        "a=b",
                        "12:30"));
        return Combinators.combine(word, word, word).as((a, b, c) -> a + " " + b + " " + c);
    }
}
