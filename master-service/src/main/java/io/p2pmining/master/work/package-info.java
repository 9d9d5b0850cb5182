/** Work units: how jobs are cut, leased, watched and taken back. */
@NullMarked
package io.p2pmining.master.work;

import org.jspecify.annotations.NullMarked;
