/** JMH benchmarks of the parts of a hash. */
@NullMarked
package io.p2pmining.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
