/** Tests of the whole worker against a scripted master over the real wire. */
package io.p2pmining.worker.whole;
