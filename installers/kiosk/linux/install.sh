#!/bin/sh
# Makes this machine a Bedside kiosk: a session of its own, which starts with the computer and shows nothing else.
# Debian or Ubuntu, Fedora. As root. `remove` as the first word takes it away again.
set -eu

unit=/etc/systemd/system/bedside-kiosk.service
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; exit 1; }

[ "$(id -u)" -eq 0 ] || fail "Run this as root: sudo $0"

if [ "${1:-}" = remove ]; then
    systemctl disable --now bedside-kiosk.service 2>/dev/null || true
    systemctl unmask ctrl-alt-del.target
    rm -f "$unit" /etc/pam.d/bedside-kiosk /etc/systemd/logind.conf.d/bedside-kiosk.conf \
        /etc/sysctl.d/90-bedside-kiosk.conf
    systemctl daemon-reload
    systemctl enable getty@tty1.service
    say "The kiosk is gone. Its records are still in /var/lib/bedside-kiosk; restart to get the usual session."
    exit 0
fi

command -v bedside-desktop >/dev/null || fail "Install Bedside first: there is no bedside-desktop."
if ! command -v cage >/dev/null; then
    if command -v apt-get >/dev/null; then apt-get install -y --no-install-recommends cage xwayland
    elif command -v dnf >/dev/null; then dnf install -y cage xorg-x11-server-Xwayland
    else fail "Install cage with this system's package manager, then run this again."
    fi
fi

getent passwd bedside-kiosk >/dev/null ||
    useradd --system --create-home --home-dir /var/lib/bedside-kiosk --shell /usr/sbin/nologin bedside-kiosk
for group in video render input audio lp; do
    ! getent group "$group" >/dev/null || usermod -aG "$group" bedside-kiosk
done

if [ ! -e /etc/bedside/passphrase.cred ]; then
    install -d -m 0700 /etc/bedside
    say "The passphrase of the kiosk's vault (it is sealed to this machine; what you type is not shown):"
    trap 'stty echo' EXIT
    stty -echo
    IFS= read -r passphrase
    stty echo
    trap - EXIT
    printf '%s' "$passphrase" | systemd-creds encrypt --name=passphrase - /etc/bedside/passphrase.cred
    chmod 0600 /etc/bedside/passphrase.cred
fi

install -m 0644 "$here/bedside-kiosk.service" "$unit"
install -m 0644 "$here/pam" /etc/pam.d/bedside-kiosk
install -D -m 0644 "$here/logind.conf" /etc/systemd/logind.conf.d/bedside-kiosk.conf
# Control-Alt-Delete restarts nothing; the kernel's own keys do nothing.
systemctl mask ctrl-alt-del.target
printf 'kernel.sysrq = 0\n' >/etc/sysctl.d/90-bedside-kiosk.conf

systemctl daemon-reload
systemctl set-default graphical.target
for manager in gdm gdm3 sddm lightdm; do
    ! systemctl is-enabled --quiet "$manager.service" 2>/dev/null || systemctl disable "$manager.service"
done
systemctl enable bedside-kiosk.service
say "Done. After the next start this machine is a kiosk. To take it away again: sudo $0 remove"
