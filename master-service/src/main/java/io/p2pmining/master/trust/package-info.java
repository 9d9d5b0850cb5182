/**
 * How far peers are trusted: how many of their shares are recomputed, whether they search what they
 * say, and when they have done too much wrong. Knows neither threads nor connections.
 */
@NullMarked
package io.p2pmining.master.trust;

import org.jspecify.annotations.NullMarked;
