"""What scripts/setup promises, with small stand-ins for the wheels. Run by scripts/test."""
import importlib.machinery
import importlib.util
import os
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "setup"


def load():
    """The script as a module (it has no .py ending)."""
    loader = importlib.machinery.SourceFileLoader("setup_script", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("setup_script", loader))
    loader.exec_module(module)
    return module


def fake_download(wheels):
    """Two wheels with the names that matter, and some that must be left out."""
    wheels.mkdir()
    with zipfile.ZipFile(wheels / "torch.whl", "w") as wheel:
        for name in ("torch/lib/libtorch_cpu.so", "torch/lib/libc10.so", "torch/lib/libgomp-a.so.1",
                     "torch/include/torch.h", "torch/lib/libtorch_cuda.so", "torch/nn/module.py"):
            wheel.writestr(name, name)
    with zipfile.ZipFile(wheels / "nvidia.whl", "w") as wheel:
        wheel.writestr("nvidia/cuda_runtime/lib/libcudart.so.12", "runtime")
        wheel.writestr("nvidia/cuda_runtime/include/cuda.h", "header")


class Setup(unittest.TestCase):
    """Each test has a cache directory and a checkout of its own."""

    def setUp(self):
        self.setup = load()
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.cache = Path(temporary.name) / "cache"
        self.setup.CHECKOUT = Path(temporary.name)
        environment = {"XDG_CACHE_HOME": str(self.cache), "PATH": os.environ["PATH"]}
        self.downloads = mock.Mock(side_effect=fake_download)
        for patch in (mock.patch.dict(os.environ, environment, clear=True),
                      mock.patch.object(self.setup, "download", self.downloads),
                      mock.patch.object(self.setup, "say"),
                      mock.patch.object(self.setup, "refuse_other_platforms"),
                      mock.patch.object(self.setup, "NEEDED_BYTES", 0)):
            patch.start()
            self.addCleanup(patch.stop)

    def run_setup(self, *arguments):
        """Run the script's main; returns the unpacked folder."""
        with mock.patch("sys.argv", ["setup", *arguments]):
            self.setup.main()
        return self.setup.CHECKOUT / ".libtorch"

    def test_takes_what_is_needed_and_nothing_else(self):
        link = self.run_setup()
        self.assertTrue(link.is_symlink())
        self.assertTrue((link / "torch/lib/libtorch.so").read_text().startswith("INPUT"))
        self.assertTrue((link / "nvidia/cuda_runtime/lib/libcudart.so.12").is_file())
        self.assertFalse((link / "torch/lib/libtorch_cuda.so").exists())
        self.assertFalse((link / "torch/nn").exists())
        self.assertFalse(list((self.cache / "tagesbrief/libtorch").glob(".partial-*")))

    def test_a_second_run_downloads_nothing(self):
        self.run_setup()
        self.run_setup("--verify")
        self.assertEqual(self.downloads.call_count, 1)

    def test_a_cut_file_is_repaired(self):
        link = self.run_setup()
        (link / "torch/lib/libtorch_cpu.so").write_text("cut")
        self.run_setup()
        self.assertEqual(self.downloads.call_count, 2)
        self.assertEqual((link / "torch/lib/libtorch_cpu.so").read_text(), "torch/lib/libtorch_cpu.so")

    def test_verify_finds_damage_of_the_same_size(self):
        link = self.run_setup()
        library = link / "torch/lib/libc10.so"
        library.write_text(library.read_text().upper())
        self.run_setup()
        self.assertEqual(self.downloads.call_count, 1)
        self.run_setup("--verify")
        self.assertEqual(self.downloads.call_count, 2)

    def test_a_failed_download_leaves_what_was_there(self):
        link = self.run_setup()
        (link / self.setup.RECORD).unlink()
        self.downloads.side_effect = SystemExit("no network")
        with self.assertRaises(SystemExit):
            self.run_setup()
        self.assertTrue((link / "torch/lib/libc10.so").is_file())
        self.downloads.side_effect = fake_download
        self.run_setup()
        self.assertTrue((link / self.setup.RECORD).is_file())

    def test_an_installed_libtorch_is_used(self):
        installed = self.cache / "mine"
        (installed / "lib").mkdir(parents=True)
        (installed / "lib/libtorch_cpu.so").touch()
        with mock.patch.dict(os.environ, {"LIBTORCH": str(installed)}):
            self.run_setup()
            self.downloads.assert_not_called()
            (installed / "build-version").write_text("2.9.0+cpu")
            with self.assertRaisesRegex(SystemExit, "2.4 is needed"):
                self.run_setup()


if __name__ == "__main__":
    unittest.main()
