/**
 * What the answers of both vendors have in common: what may be tried again and when, what is a refusal, and what may be
 * shown of it.
 */
package io.github.zoomtranscriber.http;
