# The images of the services: docker build --target master . (or --target worker).
# Readable by BuildKit and by the builder that Docker had before it.

# Both can be replaced, to build without a registry for example. The JDK's image must have
# bash; the other one bash, coreutils, useradd and flock, and a glibc not older than the JDK needs.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=debian:bookworm-slim

# ---- The services' files and their Java, cut to what they use ---------------------------------
FROM ${JDK_IMAGE} AS build
# For Maven, for example "-o" where its repository is in the image.
ARG MAVEN_OPTIONS=
WORKDIR /src
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY common common
COPY mining-core mining-core
COPY service-support service-support
COPY master-service master-service
COPY worker-agent worker-agent
# Maven wants to see all modules.
COPY cli/pom.xml cli/
COPY system-tests/pom.xml system-tests/
COPY benchmarks/pom.xml benchmarks/
RUN ./mvnw -q -B -ntp ${MAVEN_OPTIONS} -pl master-service,worker-agent -am package \
      -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true
RUN for service in master-service worker-agent; do \
      java -Djarmode=tools -jar "$service"/target/"$service"-*-exec.jar extract --layers \
        --application-filename app.jar --destination "/layers/$service" || exit 1; \
    done
# java.desktop is for java.beans alone: its libraries for screens, fonts and pictures stay out.
RUN jlink --output /jre \
      --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.prefs,java.scripting,java.security.jgss,java.security.sasl,java.sql,jdk.jfr,jdk.management,jdk.net,jdk.unsupported \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 \
    && cd /jre/lib && rm -f libawt* libfontmanager.so libfreetype.so libharfbuzz.so libjavajpeg.so \
      libjawt.so libjsound.so liblcms.so libmlib_image.so libsplashscreen.so

# ---- What both images have --------------------------------------------------------------------
# The distribution without what installs packages and without Perl, which nothing here runs. The
# list of packages stays, for scanners.
FROM ${RUNTIME_IMAGE} AS trimmed
RUN rm -rf /usr/bin/apt* /usr/bin/dpkg* /usr/bin/perl* /usr/lib/apt /usr/lib/dpkg \
      /usr/lib/*/gconv /usr/lib/*/libapt* /usr/lib/*/perl* /usr/share/bash-completion \
      /usr/share/perl* /usr/share/zoneinfo /var/cache/* /var/lib/apt /var/lib/dpkg/info

FROM scratch AS service
COPY --from=trimmed / /
RUN groupadd --gid 10001 p2pmine \
    && useradd --uid 10001 --gid p2pmine --home-dir /var/lib/p2pmine --no-create-home p2pmine \
    && install --directory --owner p2pmine --group p2pmine --mode 0700 /var/lib/p2pmine
COPY --from=build /jre /opt/java
COPY docker/healthcheck /usr/local/bin/
ENV LANG=C.UTF-8 JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin
WORKDIR /opt/p2pmine
USER p2pmine
VOLUME /var/lib/p2pmine

# ---- Master -----------------------------------------------------------------------------------
FROM service AS master
COPY docker/master /usr/local/bin/
COPY --from=build /layers/master-service/dependencies/ ./
COPY --from=build /layers/master-service/application/ ./
ENV SERVER_ADDRESS=0.0.0.0 P2PMINE_MASTER_BINDADDRESS=0.0.0.0
EXPOSE 8080 9740
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["healthcheck", "8080", "/actuator/health/liveness"]
ENTRYPOINT ["master"]

# ---- Worker -----------------------------------------------------------------------------------
FROM service AS worker-without-cache
COPY docker/worker /usr/local/bin/
COPY --from=build /layers/worker-agent/dependencies/ ./
COPY --from=build /layers/worker-agent/application/ ./
ENV P2PMINE_WORKER_HTTP_ADDRESS=0.0.0.0 P2PMINE_WORKER_HTTP_PORT=9741
EXPOSE 9741
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["healthcheck", "9741", "/actuator/health/readiness"]
ENTRYPOINT ["worker"]

# A worker mines the benchmark for a few seconds, so that Java notes down what a worker needs.
FROM worker-without-cache AS worker-cache
USER root
COPY docker/train /usr/local/bin/
COPY --from=build /layers/master-service/dependencies/ /opt/master/
COPY --from=build /layers/master-service/application/ /opt/master/
RUN ["train", "/opt/master", "/opt/p2pmine/app.aot"]

FROM worker-without-cache AS worker
COPY --from=worker-cache /opt/p2pmine/app.aot ./
