# Sourced by bin/serve and bin/test: the project's own Python environment in .venv.

# use_of FILE: what the script's first lines say of it.
use_of() { sed -n '2,/^[^#]/s/^# //p' "$1"; }

# A Python that is new enough, or a message for whoever started us.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Python 3.11 or newer is needed. Set PYTHON to its path if it is not called python3." >&2
  return 1
}

# install FILE: bring .venv up to what FILE asks for; nothing happens while FILE stays the same.
install() {
  local file=$1 stamp=.venv/$1.stamp wanted python
  wanted=$(cat requirements*.txt | cksum)
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  if [ ! -x .venv/bin/python ]; then
    python=$(find_python) || return 1
    if ! "$python" -m venv .venv; then
      rm -rf .venv
      echo "Python's venv module is needed (on Debian and Ubuntu: apt install python3-venv)." >&2
      return 1
    fi
  fi
  echo "Installing $file into .venv …" >&2
  .venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check -r "$file" || return 1
  echo "$wanted" > "$stamp"
}
