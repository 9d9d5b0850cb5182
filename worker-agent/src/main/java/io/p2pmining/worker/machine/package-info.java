/** What this machine has: cores, caches, memory, instructions. */
@NullMarked
package io.p2pmining.worker.machine;

import org.jspecify.annotations.NullMarked;
