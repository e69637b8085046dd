package io.github.zoomtranscriber.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of a text before it is logged, stored or shown, and what is left in. */
class CleanTest {

    /** What the vendors send, in the forms that were seen; the secret is {@code sEcReT}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Download error to URL, 403 Client Error: Forbidden for url: https://zoom.us/a.m4a?Policy=sEcReT&Signature=sEcReT | Download error to URL, 403 Client Error: Forbidden for url: https://zoom.us/a.m4a",
                "Download error, unable to access file at URL https://zoom.us/rec/download/a.b?access_token=sEcReT. Please check. | Download error, unable to access file at URL https://zoom.us/rec/download/a.b Please check.",
                "<a href=\"https://zoom.us/a?pwd=sEcReT\">here</a> | <a href=\"https://zoom.us/a\">here</a>",
                "HTTPS://ZOOM.US/A?TOKEN=sEcReT | HTTPS://ZOOM.US/A",
                "GET /rec/download/a.b&access_token=sEcReT | GET /rec/download/a.b&access_token=***",
                "https%3A%2F%2Fzoom.us%2Fa%3Faccess_token%3DsEcReT%26x%3D1 | https%3A%2F%2Fzoom.us%2Fa%3Faccess_token%3D***",
                "https%3A%2F%2Fzoom.us%2Fa%3FPolicy%3Da%26Signature%3DsEcReT | https%3A%2F%2Fzoom.us%2Fa%3FPolicy%3D***",
                "{\"access_token\":\"sEcReT\",\"expires_in\":3600} | {\"access_token\":***,\"expires_in\":3600}",
                "{\"download_access_token\": \"sEcReT\"} | {\"download_access_token\": ***}",
                "{\"recording_play_passcode\":\"sEcReT with spaces\"} | {\"recording_play_passcode\":***}",
                "(String)\"{\\\"access_token\\\":\\\"sEcReT\\\"}\" | (String)\"{\\\"access_token\\\":\\***}\"",
                "client_secret=sEcReT&grant_type=x | client_secret=***&grant_type=x",
                "jdbc:postgresql://ledger:sEcReT@db/zoom | jdbc:postgresql://***@db/zoom",
                "Authorization: Bearer sEcReT | Authorization: Bearer ***",
                "{Authorization=Basic c0VjUmVUc0VjUmVUsEcReT==, Host=zoom.us} | {Authorization=Basic ***, Host=zoom.us}",
                "authorization: 0123456789abcdefsEcReT | authorization: ***",
                "{\"authorization\": \"sEcReT0123\"} | {\"authorization\": \"***\"}",
                "{\"webhook_auth_header_value\":\"sEcReT\"} | {\"webhook_auth_header_value\":***}",
                "xeyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrIn0.sEcReTx | x***",
                "eyJhbGciOiJkaXIifQ..iv.cipher.sEcReT | ***"
            })
    void noSecretOfAVendorsIsLeft(String text, String clean) {
        assertEquals(clean, Clean.text(text));
        assertFalse(Clean.secrets(text).contains("sEcReT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authentication error, API token missing/invalid",
                "Invalid access token, does not contain scopes:[cloud_recording:read:list_account_recordings:admin].",
                "next page token invalid or expired",
                "The following models are not available in this language: speaker_labels",
                "\"speech_models\" must be a non-empty list containing one or more of: \"universal-3-pro\", \"universal-2\"",
                "File does not appear to contain audio. File type is text/html (HTML document, ASCII text, with very long lines).",
                "Basic training, basic accounting 101",
                "Travel policy: what changes? And who pays?",
                "https://zoom.us/rec/share/a.b and http://deleted_by_user",
                "Ada's \"Weekly\" sync <1> & more"
            })
    void whatIsNoSecretStaysAsItIs(String text) {
        assertEquals(text, Clean.text(text));
    }

    @Test
    void aSecretInUseIsTakenOutWhereverItStandsAndHoweverItIsEncoded() {
        Clean.remember("s3cr3t/of+the=test");
        assertEquals("a***b", Clean.text("as3cr3t/of+the=testb"));
        assertEquals("a***b", Clean.text("as3cr3t%2Fof%2Bthe%3Dtestb"));
    }

    @Test
    void ofTwoSecretsThatBeginAlikeNothingIsLeftOfTheLonger() {
        Clean.remember("begins-alike-and-goes-on");
        Clean.remember("begins-alike");
        assertEquals("***", Clean.text("begins-alike-and-goes-on"));
    }

    @Test
    void whatIsTooShortToBeASecretIsNotTakenOutOfEveryText() {
        Clean.remember("a");
        Clean.remember("");
        Clean.remember(null);
        assertEquals("a banana", Clean.text("a banana"));
    }

    @Test
    void theSecretsInUseLatelyAreRememberedAndNotAllEver() {
        IntStream.range(0, 300).forEach(i -> Clean.remember("secret-number-" + i + "-"));
        assertEquals("***", Clean.text("secret-number-299-"));
        assertEquals("secret-number-0-", Clean.text("secret-number-0-"));
    }

    @Test
    void theTextIsOneLineAndNotLong() {
        assertEquals("a b c", Clean.text(" a\r\nb\u0000\u2028c\n"));
        assertEquals("", Clean.text(null));
        String clean = Clean.text("word ".repeat(100_000));
        assertTrue(clean.startsWith("word word") && clean.endsWith("...") && clean.length() <= 1004, clean);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://zoom.us/a.m4a?Policy=x&Signature=y, https://zoom.us/a.m4a",
                "https://zoom.us/a.m4a#t=1, https://zoom.us/a.m4a",
                "'https://zoom.us/a.m4a?x\ny', https://zoom.us/a.m4a",
                "https://zoom.us/a.m4a, https://zoom.us/a.m4a"
            })
    void ofAnAddressRemainsWhatDoesNotChangeWhenItIsSignedAnew(String url, String clean) {
        assertEquals(clean, Clean.url(url));
    }
}
