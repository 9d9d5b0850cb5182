/** Tests of the whole: real processes, a real daemon, real faults. */
@NullMarked
package io.p2pmining.system;

import org.jspecify.annotations.NullMarked;
