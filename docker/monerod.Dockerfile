# A Monero daemon from Debian's package.
ARG MONERO_BASE_IMAGE=debian:bookworm-slim
FROM ${MONERO_BASE_IMAGE}
# An image that has it already needs no mirror.
RUN command -v monerod >/dev/null \
    || { apt-get update && apt-get install -y --no-install-recommends monero \
         && rm -rf /var/lib/apt/lists/*; }
RUN groupadd --gid 10002 monero-node \
    && useradd --uid 10002 --gid monero-node --home-dir /var/lib/monero-node --no-create-home \
         monero-node \
    && install --directory --owner monero-node --group monero-node --mode 0700 /var/lib/monero-node
COPY docker/healthcheck /usr/local/bin/
USER monero-node
VOLUME /var/lib/monero-node
EXPOSE 18081
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=6 \
  CMD ["healthcheck", "18081", "/get_height"]
ENTRYPOINT ["monerod", "--non-interactive", "--data-dir=/var/lib/monero-node", "--rpc-bind-ip=0.0.0.0", "--confirm-external-bind", "--no-igd", "--no-zmq"]
