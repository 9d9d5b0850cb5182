package io.p2pmining.cli.up;

import java.nio.file.Path;
import java.util.List;

/**
 * How a child is started.
 *
 * @param name what it is called in messages
 * @param commandLine the words that start it
 * @param log where it writes its log
 */
record ChildPlan(String name, List<String> commandLine, Path log) {}
