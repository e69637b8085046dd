package io.github.zoomtranscriber.ledger;

import java.time.Instant;

/**
 * Something that happened to a recording.
 *
 * @param at when
 * @param state its state from then on, in lower case, as people read it
 * @param handOff how AssemblyAI had been given the audio last; or null
 * @param attempt how many submissions had been begun
 * @param reason why, in a sentence without secrets; or null
 * @param node the name of the node that did it, if several share the ledger; or null
 */
public record Event(Instant at, String state, String handOff, int attempt, String reason, String node) {}
