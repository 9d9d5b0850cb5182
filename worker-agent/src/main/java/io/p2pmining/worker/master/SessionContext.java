package io.p2pmining.worker.master;

import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.worker.work.WorkDesk;
import java.util.function.Supplier;

/**
 * What all sessions have in common.
 *
 * @param introduction what a session says first
 * @param desk where work goes and results come from
 * @param activity what each heartbeat says
 * @param peers where lists of peers are kept
 * @param events who sees sessions come and go
 */
record SessionContext(
    Introduction introduction,
    WorkDesk desk,
    Supplier<Heartbeat> activity,
    PeerMemory peers,
    ConnectionLog events) {}
