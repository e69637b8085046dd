/**
 * The work on one recording: who holds it, what a node's share is, what is written for it, and what becomes of it in
 * trouble.
 */
package io.github.zoomtranscriber.work;
