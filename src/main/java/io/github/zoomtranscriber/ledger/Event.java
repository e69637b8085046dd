package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * Something that happened to a recording.
 *
 * @param at      when
 * @param state   what it was from then on, in lower case, as people read it
 * @param handOff how AssemblyAI had got the audio last by then; or null
 * @param attempt how many submissions had been begun by then
 * @param reason  why, cleaned as all that is in the ledger; or null
 * @param node    the name of the node that did it, where several share the ledger; or null
 */
public record Event(Instant at, String state, String handOff, int attempt, String reason, String node) {
}
