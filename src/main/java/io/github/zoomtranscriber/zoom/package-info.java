/**
 * What has to be known of Zoom: tokens, windows of dates, pages, which file of a meeting to take, where a bearer may
 * go.
 */
package io.github.zoomtranscriber.zoom;
