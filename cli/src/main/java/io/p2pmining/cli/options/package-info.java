/** Converters from words on the command line to values, each with its own clear refusal. */
@NullMarked
package io.p2pmining.cli.options;

import org.jspecify.annotations.NullMarked;
