package io.github.zoomtranscriber.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Talks for meetings in bulk: short turns put together by chance, the same for the same seed and name. */
final class GeneratedTalk {

    private static final List<String> PEOPLE = List.of(
            "Ada Nowak",
            "Ben Okafor",
            "Chiara Rossi",
            "Deniz Yılmaz",
            "Elena Petrova",
            "Farid Haddad",
            "Grace Lin",
            "Håkon Lie",
            "Inés Duarte",
            "Jonas Weber");
    private static final List<String> OPENINGS = List.of(
            "Right, let us begin with",
            "Quick word on",
            "I looked into",
            "Before I forget,",
            "Next up is",
            "We still owe an answer on",
            "Yesterday I closed",
            "The customer asked about");
    private static final List<String> SUBJECTS = List.of(
            "the invoice export",
            "the new office in Porto",
            "the search index",
            "the hiring plan",
            "the mobile release",
            "last week's outage",
            "the training material",
            "the price list",
            "the partner contract",
            "the survey results");
    private static final List<String> ENDINGS = List.of(
            "and it looks fine to me.",
            "but two questions are still open.",
            "and I need a second pair of eyes.",
            "so we can move the date.",
            "and nobody has objected.",
            "which took longer than planned.",
            "and I will write it up today.",
            "so let us decide on Thursday.");

    private GeneratedTalk() {}

    /** @param length the talk goes on until then */
    static Talk of(long seed, String name, Duration length) {
        Speech speech = new Speech("en");
        int people = 2 + Seeds.below(3, seed, name + "/people");
        int first = Seeds.below(PEOPLE.size(), seed, name + "/first");
        for (int turn = 0; speech.length().compareTo(length.minusSeconds(8)) < 0; turn++) {
            String key = name + '/' + turn;
            String who = PEOPLE.get((first + Seeds.below(people, seed, key + "/who")) % PEOPLE.size());
            speech.say(
                    who,
                    pick(OPENINGS, seed, key + "/o")
                            + ' '
                            + pick(SUBJECTS, seed, key + "/s")
                            + ' '
                            + pick(ENDINGS, seed, key + "/e"));
        }
        Talk talk = speech.end(Map.of());
        return new Talk(talk.language(), talk.lines(), talk.chat(), talk.devices(), length);
    }

    private static String pick(List<String> choices, long seed, String key) {
        return choices.get(Seeds.below(choices.size(), seed, key));
    }
}
