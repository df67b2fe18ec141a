# shellcheck shell=sh
# Sourced by mvnw and run, so that both use the same JDK. Needs a JDK (not a JRE), because the build compiles.
#
# memory_jdk: prints the home of a JDK of $memory_jdk_version or newer, or returns 1 after one line of explanation.
#   1. JAVA_HOME, when new enough    2. the javac on PATH, when new enough
#   3. the usual places: exactly that version before a newer one, since the build is tried with exactly that one.

memory_jdk_version=25

# The major version of the JDK in $1, or 0 when there is no JDK. Read from its `release` file, which is free; only a
# JDK without one is started and asked.
memory_jdk_major() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || { echo 0; return; }
    memory_jdk_major_found=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    [ -n "$memory_jdk_major_found" ] ||
        memory_jdk_major_found=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    echo "${memory_jdk_major_found:-0}"
}

# The home of the javac on PATH. A shim (jenv, asdf, macOS) is no link into a JDK, so its java is asked.
memory_jdk_on_path() {
    memory_jdk_javac=$(command -v javac 2>/dev/null) || return 0
    memory_jdk_real=$(readlink -f "$memory_jdk_javac" 2>/dev/null) || memory_jdk_real=$memory_jdk_javac
    memory_jdk_home=${memory_jdk_real%/bin/javac}
    if [ -f "$memory_jdk_home/release" ]; then
        echo "$memory_jdk_home"
    else
        java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
    fi
}

# One candidate a line; most do not exist.
memory_jdk_candidates() {
    for memory_jdk_home in \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -d "$memory_jdk_home/bin" ] && echo "$memory_jdk_home"
    done
    [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$memory_jdk_version+" 2>/dev/null || :
}

memory_jdk() {
    for memory_jdk_chosen in "${JAVA_HOME:-}" "$(memory_jdk_on_path)"; do
        [ -n "$memory_jdk_chosen" ] || continue
        [ "$(memory_jdk_major "$memory_jdk_chosen")" -lt "$memory_jdk_version" ] || { echo "$memory_jdk_chosen"; return; }
    done
    memory_jdk_newer=$(
        memory_jdk_candidates | while IFS= read -r memory_jdk_home; do
            memory_jdk_found=$(memory_jdk_major "$memory_jdk_home")
            if [ "$memory_jdk_found" -eq "$memory_jdk_version" ]; then
                echo "exactly $memory_jdk_home"
            elif [ "$memory_jdk_found" -gt "$memory_jdk_version" ]; then
                echo "newer $memory_jdk_home"
            fi
        done | sort | head -n 1 # "exactly" sorts before "newer"
    )
    if [ -z "$memory_jdk_newer" ]; then
        echo "No JDK $memory_jdk_version or newer found: install one (for example Temurin $memory_jdk_version), or set JAVA_HOME to it." >&2
        return 1
    fi
    echo "${memory_jdk_newer#* }"
}
