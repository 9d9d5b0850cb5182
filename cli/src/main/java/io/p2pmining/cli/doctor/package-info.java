/**
 * The {@code doctor} command: what on this machine keeps a cluster from mining, or from mining
 * fast.
 */
@NullMarked
package io.p2pmining.cli.doctor;

import org.jspecify.annotations.NullMarked;
