/** The services as programs: where their jars are, with which flags and settings they start. */
@NullMarked
package io.p2pmining.cli.service;

import org.jspecify.annotations.NullMarked;
