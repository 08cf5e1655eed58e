import { fail } from './program.ts';
import type { Program } from './program.ts';

/** POSIX: found, but cannot be executed. */
const cannotExecute = 126;

/**
 * Programs that an image has and the simulation does not: a shell must not say that they are not found. Of a name that is modelled
 * as well there is no need: that is an error of the list.
 */
export function unmodelled(names: string, modelled: readonly Program[]): readonly Program[] {
  const known = new Set(modelled.map(({ name }) => name));
  const listed = names.split(/\s+/).filter((name) => name !== '');
  const doubled = listed.filter((name, index) => known.has(name) || listed.indexOf(name) !== index);
  if (doubled.length > 0)
    throw new Error(`programs are listed as unmodelled that are modelled, or twice: ${doubled.join(' ')}`);
  return listed.map((name) => ({
    name,
    isUnmodelled: true,
    run: () => fail(cannotExecute, `kubedrill: ${name} is part of this image, but not of the simulation\n`),
  }));
}

/** busybox 1.36: the applets of its default configuration, which the image has. */
export const busyboxApplets = `
  acpid addgroup adduser adjtimex arch arp arping ascii bc blkdiscard blkid blockdev bootchartd brctl bunzip2 bzcat bzip2 cal
  chat chattr chgrp chpasswd chroot chrt chvt cksum clear cmp comm conspy cpio crc32 crond crontab cttyhack dc dd deallocvt
  delgroup deluser depmod devmem df dhcprelay diff dmesg dnsd dnsdomainname dos2unix du dumpkmap dumpleases ed egrep eject
  envdir envuidgid ether-wake expand factor fakeidentd fallocate fatattr fbset fbsplash fdflush fdformat fdisk fgconsole fgrep
  findfs flock fold free freeramdisk fsck fsfreeze fstrim fsync ftpd ftpget ftpput fuser getopt getty groups gunzip gzip halt hd
  hdparm hexdump hexedit hostid hush hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer ifconfig ifdown ifenslave ifplugd ifup
  inetd init inotifyd insmod install ionice iostat ipaddr ipcalc ipcrm ipcs iplink ipneigh iproute iprule iptunnel kbd_mode kill
  killall killall5 klogd last less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname logread losetup lpd
  lpq lpr lsattr lsmod lsof lspci lsscsi lsusb lzcat lzma lzop makedevs makemime man md5sum mdev mesg microcom mim minips
  mkdosfs mke2fs mkfifo mkfs.ext2 mkfs.minix mkfs.vfat mknod mkpasswd mkswap mktemp modinfo modprobe more mount mountpoint
  mpstat mt nameif nanddump nandwrite nbd-client nice nmeter nohup nologin nproc nsenter ntpd od openvt partprobe passwd paste
  patch pgrep pidof ping6 pipe_progress pivot_root pkill pmap popmaildir poweroff powertop pscan pstree pwdx raidautorun rdate
  rdev readahead readlink readprofile realpath reboot reformime remove-shell renice reset resize resume rev rmdir rmmod route
  rtcwake run-init run-parts runlevel runsv runsvdir rx script scriptreplay seedrng sendmail setarch setconsole setfattr setfont
  setkeycodes setlogcons setpriv setserial setsid setuidgid sha1sum sha3sum sha512sum showkey shred shuf slattach softlimit
  split ssl_client ssl_server start-stop-daemon stat strings su sulogin sum sv svc svlogd svok swapoff swapon switch_root sync
  sysctl syslogd taskset tc tcpsvd telnetd tftp tftpd time top traceroute traceroute6 tree truncate ts tsort ttysize tunctl
  ubirename udhcpc udhcpc6 udhcpd udpsvd uevent umount uncompress unexpand unix2dos unlink unlzma unshare unxz unzip uptime
  users usleep uudecode uuencode vconfig vi vlock volname w wall watch watchdog who whois xxd xz xzcat zcat zcip
`;

/** Debian's slim images: the essential packages (coreutils, util-linux, dpkg, apt, diffutils, perl-base, ...). */
export const debianEssentials = `
  addgroup addpart adduser agetty apt apt-cache apt-config apt-get apt-key apt-mark arch b2sum base32 basenc blkid blockdev
  bzip2 cal chage chcon chcpu chgrp choom chpasswd chroot chrt cksum clear cmp colrm column comm csplit ctrlaltdel dd debconf
  delpart deluser df diff diff3 dir dircolors dmesg dpkg dpkg-deb dpkg-query du egrep expand factor fallocate fgrep findfs
  findmnt flock fmt fold fsck fsfreeze fstrim getopt gpasswd groupadd groups gunzip gzip hostid hwclock i386 iconv infocmp
  install invoke-rc.d ionice ipcmk ipcrm ipcs isosize join kill last lastb ldattach ldconfig ldd link linux32 linux64 ln locale
  localedef logger login logname losetup lsblk lscpu lsipc lslocks lslogins lsmem lsns mawk mcookie md5sum mesg mkfifo mkfs
  mknod mkswap mktemp more mount mountpoint namei newgrp nice nohup nologin nproc nsenter numfmt od partx passwd paste pathchk
  perl pinky pivot_root pldd pr prlimit ptx raw readlink readprofile realpath rename.ul renice reset resizepart rev rmdir
  rtcwake run-parts runcon runuser savelog script scriptlive scriptreplay sdiff service setarch setpriv setsid setterm sha1sum
  sha224sum sha384sum sha512sum shred shuf split start-stop-daemon stat stdbuf su sulogin sum swaplabel swapoff swapon
  switch_root sync tabs taskset tempfile tic timedatectl toe tput truncate tset tsort umount unexpand unlink unshare
  update-alternatives useradd userdel usermod users utmpdump vdir wall wdctl whereis who wipefs x86_64 zcat zgrep zless zramctl
`;

/** What nicolaka/netshoot installs beyond what is modelled (its Dockerfile's packages). */
export const networkDebuggers = `
  ab bird birdc bridge calicoctl conntrack conntrackd ctop dhcping drill ethtool file fortio fping git grpcurl iftop ip6tables
  iperf iperf3 ipset iptables iptables-save iptraf-ng ipvsadm jq liboping ltrace mtr nft ngrep nmap noping nping nstat openssl
  oping perl pip3 python3 scapy scp sftp snmpget snmpwalk socat speedtest-cli ssh ssh-keygen strace swaks tcpdump tcptraceroute
  termshark tracepath trip tshark vim websocat
`;
