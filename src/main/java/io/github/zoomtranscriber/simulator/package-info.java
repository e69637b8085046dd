/**
 * Zoom and AssemblyAI on localhost: for the tests, for the demo, and for rehearsing edited routes.
 *
 * <p>It does what the two vendors' documents say and what was seen of their services, not what our own client happens
 * to send. For that reason it imports nothing from the rest of the project: a shared class would let one mistake agree
 * with itself.
 */
package io.github.zoomtranscriber.simulator;
