package io.github.zoomtranscriber.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The declaration of an option.
 *
 * @param name its key in {@code application.properties}
 * @param kind how to show it and how to pass it to Camel
 * @param check takes a trimmed value and returns its normal form; throws {@code IllegalArgumentException} with what is
 *     expected (a text that continues the word "expected")
 */
record Option(String name, Kind kind, UnaryOperator<String> check) {

    enum Kind {
        PLAIN,
        SECRET,
        DURATION,
        ADDRESSES
    }

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");

    /** The environment variable that sets this option: {@code ZOOM_API_URL} for {@code zoom.api-url}. */
    static String environmentName(String option) {
        return option.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Option checked(String name, UnaryOperator<String> check) {
        return new Option(name, Kind.PLAIN, check);
    }

    static Option text(String name) {
        return checked(name, Option::oneLine);
    }

    /** Addresses of endpoints of the user's. */
    static Option addresses(String name) {
        return new Option(name, Kind.ADDRESSES, OptionChecks::endpoints);
    }

    static Option secret(String name) {
        return new Option(name, Kind.SECRET, Option::oneLine);
    }

    static Option oneOf(String name, String... words) {
        return checked(name, value -> {
            String word = value.toLowerCase(Locale.ROOT);
            require(
                    List.of(words).contains(word),
                    Arrays.stream(words)
                            .map(known -> known.isEmpty() ? "nothing" : known)
                            .collect(Collectors.joining(" or ")));
            return word;
        });
    }

    static Option whole(String name, int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        return checked(name, value -> {
            require(value.matches("\\d{1,9}"), expected);
            int number = Integer.parseInt(value);
            require(number >= least && number <= most, expected);
            return Integer.toString(number);
        });
    }

    /** The factor by which each delay exceeds the previous one: a number such as 1.2, at most 10. */
    static Option factor(String name, boolean oneIsAllowed) {
        String expected = oneIsAllowed ? "a number from 1 to 10" : "a number greater than 1 and at most 10";
        return checked(name, value -> {
            require(value.matches("\\d{1,2}(\\.\\d{1,9})?"), expected);
            BigDecimal number = new BigDecimal(value);
            int low = number.compareTo(BigDecimal.ONE);
            require((oneIsAllowed ? low >= 0 : low > 0) && number.compareTo(BigDecimal.TEN) <= 0, expected);
            return value;
        });
    }

    /** Nothing, or a number greater than 0. */
    static Option decimal(String name) {
        String expected = "nothing, or a number greater than 0, such as 0.37";
        return checked(name, value -> {
            require(
                    value.isEmpty() || value.matches("\\d{1,6}(\\.\\d{1,6})?") && new BigDecimal(value).signum() > 0,
                    expected);
            return value;
        });
    }

    static Option duration(String name, String least, String most) {
        String expected = "a duration from " + least + " to " + most + ", such as 500ms, 5s, 15m, 2h or 1d";
        Duration shortest = parseDuration(least);
        Duration longest = parseDuration(most);
        return new Option(name, Kind.DURATION, value -> {
            Duration duration;
            try {
                duration = parseDuration(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(expected);
            }
            require(duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0, expected);
            return value;
        });
    }

    /** A list whose items pass {@code item}; it may be empty. */
    static Option list(String name, UnaryOperator<String> item) {
        return checked(name, value -> items(value).stream().map(item).distinct().collect(Collectors.joining(",")));
    }

    /** As {@link #list}, but not empty. */
    static Option atLeastOne(String name, String expected, UnaryOperator<String> item) {
        Option list = list(name, item);
        return checked(name, value -> {
            require(!items(value).isEmpty(), expected);
            return list.check().apply(value);
        });
    }

    /** The items between commas, trimmed, without empty ones. */
    static List<String> items(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /**
     * Parses Camel's notation for durations, more strictly than Camel, which takes {@code abc} and {@code -5s} for 0.
     * Rejects a plain number, because Camel takes it for milliseconds and most people for seconds.
     *
     * @throws IllegalArgumentException if the value is no duration
     */
    static Duration parseDuration(String value) {
        Matcher matcher = DURATION.matcher(value);
        require(!value.isEmpty() && matcher.matches(), "a duration");
        return Duration.ofDays(part(matcher, 1))
                .plusHours(part(matcher, 2))
                .plusMinutes(part(matcher, 3))
                .plusSeconds(part(matcher, 4))
                .plusMillis(part(matcher, 5));
    }

    static void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(expected);
        }
    }

    static String oneLine(String value) {
        require(value.chars().noneMatch(Character::isISOControl), "one line of text");
        return value;
    }

    private static long part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
