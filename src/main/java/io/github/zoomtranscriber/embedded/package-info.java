/** What makes our routes and Kamelets run inside a Camel context of somebody else's. */
package io.github.zoomtranscriber.embedded;
