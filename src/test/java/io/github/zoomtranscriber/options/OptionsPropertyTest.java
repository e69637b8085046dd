package io.github.zoomtranscriber.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.apache.camel.util.TimeUtils;

class OptionsPropertyTest {
    @Property(tries = 200)
    void aDurationMeansToUsWhatItMeansToCamel(@ForAll("durations") String text) {
        assertEquals(TimeUtils.toMilliSeconds(text), Option.parseDuration(text).toMillis());
    }

    @Property(tries = 100)
    void anOptionWithOneLetterTooFewIsTakenForTheOneThatWasMeant(@ForAll("names") String name, @ForAll int position) {
        int at = Math.floorMod(position, name.length());
        String misspelt = name.substring(0, at) + name.substring(at + 1);

        List<String> problems = assertThrows(
                        ConfigurationException.class,
                        () -> Options.loadWithoutLogins(null, Map.of(), Map.of(misspelt, "")))
                .problems();

        assertEquals(List.of(misspelt + " (override): unknown option; did you mean " + name + "?"), problems);
    }

    @Property(tries = 1000)
    void noSecretReachesAMessageWhateverItLooksLike(@ForAll @StringLength(min = 4, max = 40) String random) {
        String secret = "§" + random + "§\n";

        ConfigurationException e = assertThrows(
                ConfigurationException.class,
                () -> Options.loadWithoutLogins(
                        null,
                        Map.of(),
                        Map.of(
                                "zoom.client-secret",
                                secret + "x",
                                "assemblyai.api-key",
                                "{{" + secret,
                                "ledger.url",
                                "password=" + secret)));

        assertEquals(3, e.problems().size());
        assertFalse(e.getMessage().contains("§" + random), e.getMessage());
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(OptionDeclarations.ALL.stream().map(Option::name).toList());
    }

    @Provide
    Arbitrary<String> durations() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 99_999);
        return Combinators.combine(
                        number.injectNull(0.5),
                        number.injectNull(0.5),
                        number.injectNull(0.5),
                        number.injectNull(0.5),
                        number.injectNull(0.5))
                .as((d, h, m, s, ms) -> part(d, "d") + part(h, "h") + part(m, "m") + part(s, "s") + part(ms, "ms"))
                .filter(text -> !text.isEmpty());
    }

    private static String part(Integer number, String unit) {
        return number == null ? "" : number + unit;
    }
}
