package io.p2pmining.common.frame;

import com.google.protobuf.MessageLite;

/**
 * A frame that arrived whole and parsed. What its fields say has not been judged yet.
 *
 * @param message the payload
 * @param offset where the frame starts, in bytes since the start of the connection
 */
public record ReceivedFrame(MessageType type, MessageLite message, long offset) {}
