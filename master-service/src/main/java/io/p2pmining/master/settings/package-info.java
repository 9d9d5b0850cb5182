/** Reads the settings again while the master runs. */
@NullMarked
package io.p2pmining.master.settings;

import org.jspecify.annotations.NullMarked;
