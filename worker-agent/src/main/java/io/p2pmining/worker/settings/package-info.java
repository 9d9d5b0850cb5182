/** Reads the settings again while the worker runs. */
@NullMarked
package io.p2pmining.worker.settings;

import org.jspecify.annotations.NullMarked;
