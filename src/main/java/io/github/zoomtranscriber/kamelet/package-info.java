/** What the Kamelets in this jar are made of: our routes in a Camel of their own, inside of somebody else's. */
package io.github.zoomtranscriber.kamelet;
