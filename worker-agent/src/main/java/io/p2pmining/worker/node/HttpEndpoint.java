package io.p2pmining.worker.node;

/**
 * Where health and metrics are really served.
 *
 * @param address the address
 * @param port the port
 */
public record HttpEndpoint(String address, int port) {}
