#!/bin/sh
# Installs what the tests of the web edition need and pip cannot bring: a real browser
# (Chromium) and the Nu HTML checker, which runs on Java and comes as a package for npm.
# stenogram itself needs none of it. What is there already is left as it is, so that the
# second run takes no time. Made for Debian 12; what cannot be installed is named, and the
# tests that need it say that they were skipped.

set -u
cd "$(dirname "$0")/.."

# The checker grows stricter from release to release: a fixed one, so that a page which
# passes today passes tomorrow.
vnu=26.9.27
jar=.tools/node_modules/vnu-jar/build/dist/vnu.jar
stamp=.tools/vnu-jar-$vnu

have() { command -v "$1" >/dev/null 2>&1; }

install_package() {
    $root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install --no-install-recommends "$1" >>.tools/apt.log 2>&1
}

packages=
# The browser without windows; a Chromium with them will do, and is slower.
have chromium-headless-shell || packages="$packages chromium-headless-shell"
# Playwright, which drives the browser, brings a program that is linked to this library.
[ -n "$(find /usr/lib -name libatomic.so.1 2>/dev/null | head -n 1)" ] ||
    packages="$packages libatomic1"
have java || packages="$packages default-jre-headless"
# npm is only needed to fetch the checker.
[ -e "$stamp" ] || have npm || packages="$packages npm"

if [ -n "$packages" ]; then
    if ! have apt-get; then
        root=none
    elif [ "$(id -u)" -eq 0 ]; then
        root=
    elif have sudo && sudo -n true 2>/dev/null; then
        root="sudo -n"
    else
        root=none
    fi
    if [ "$root" = none ]; then
        echo "Not installed:$packages. As root: apt-get install$packages"
    else
        echo "Installing$packages ..."
        mkdir -p .tools
        # One after the other: what one of them lacks does not keep the others away.
        $root apt-get -qq update >.tools/apt.log 2>&1
        for package in $packages; do
            install_package "$package" ||
                { tail -n 5 .tools/apt.log; echo "apt-get could not install $package"; }
        done
        have chromium-headless-shell || have chromium || install_package chromium
    fi
fi

if [ ! -e "$stamp" ] && have npm; then
    echo "Fetching the Nu HTML checker $vnu ..."
    mkdir -p .tools
    # No install scripts: the package's own looks for a newer checker to download, while the
    # one wanted here is inside the package.
    if npm install --prefix .tools --ignore-scripts --no-save --no-audit --no-fund \
        --loglevel=error "vnu-jar@$vnu" >/dev/null && [ -e "$jar" ]; then
        rm -f .tools/vnu-jar-*
        touch "$stamp"
    else
        echo "npm could not fetch vnu-jar@$vnu"
    fi
fi

have chromium-headless-shell || have chromium || echo "Chromium is missing: the tests that look at pages in a browser will be skipped."
{ have java && [ -e "$jar" ]; } ||
    echo "The Nu HTML checker is missing: the tests that check HTML will be skipped."
exit 0
