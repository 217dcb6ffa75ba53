# SPDX-License-Identifier: Apache-2.0
# What the launchers share; sourced. The caller has set home, where the project lies, and program, its own name.
# Finds Java, builds on first use and after a change of the sources, and sets: java, version,
# distribution, jar and flags.

fail() {
  echo "$program: $*" >&2
  exit 1
}

distribution="$home/flink-jobs/target/freshet"
jar="$distribution/freshet-job.jar"

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" >/dev/null || fail "no Java at '$java'; install JDK 17 or newer, or set JAVA_HOME"
version="$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)"
[ "${version:-0}" -ge 17 ] || fail "'$java' is Java ${version:-unknown}; Freshet needs 17 or newer (set JAVA_HOME)"

# The build writes the jar last.
is_built() {
  [ -f "$jar" ] || return 1
  [ -z "$(cd "$home" && find pom.xml ./*/pom.xml ./*/src/main ./*/src/assembly -newer "$jar" -print -quit 2>/dev/null)" ]
}

build() {
  command -v mvn >/dev/null || fail "Freshet is not built yet, and there is no mvn to build it; install Maven 3.8 or newer"
  echo "$program: building, which takes a few minutes the first time (Maven loads the libraries) ..." >&2
  (cd "$home" && mvn -q -B -DskipTests -Dspotless.check.skip -Dcyclonedx.skip package) >&2 ||
    fail "the build failed; see above, or run 'mvn package' in $home"
}

if ! is_built; then
  # Two commands that start at once must not build into one directory.
  mkdir -p "$home/flink-jobs/target"
  if command -v flock >/dev/null; then
    exec 9>"$home/flink-jobs/target/.build-lock"
    flock 9
    is_built || build
    exec 9>&-
  else
    build
  fi
fi

# Flink and ND4J reach into the JDK.
flags=(
  -XX:+UseG1GC
  -XX:+ExitOnOutOfMemoryError
  -Djava.awt.headless=true
  --add-opens=java.base/java.lang=ALL-UNNAMED
  --add-opens=java.base/java.util=ALL-UNNAMED
  --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
  --add-opens=java.base/java.nio=ALL-UNNAMED
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED
  --add-opens=java.base/java.time=ALL-UNNAMED
  --add-opens=java.base/java.net=ALL-UNNAMED
)
if [ "$version" -ge 24 ]; then
  flags+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
fi

# One slot is one thread; more would compete for the same cores.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"
