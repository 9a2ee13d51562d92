"""`python -m thoth_ls`: the language server."""

import sys

from thoth_ls.cli.serve import main

sys.exit(main())
