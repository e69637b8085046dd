/** Runs our routes and Kamelets inside somebody else's Camel context. */
package io.github.zoomtranscriber.embedded;
