/** How a service starts, or ends with one sentence and its remedy, and what its log looks like. */
@NullMarked
package io.p2pmining.service.startup;

import org.jspecify.annotations.NullMarked;
